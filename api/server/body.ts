// JSON bodies, bounded in size and in time.
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import { GraphloomError } from '../../errors.ts'

/** Reads a JSON body into `request.body`; `bytes` at most, within `milliseconds`. */
export function readJson(bytes: number, milliseconds: number): RequestHandler {
  const parse = express.json({ limit: bytes, strict: false, inflate: true })
  return (request: Request, response: Response, next: NextFunction) => {
    let over = false
    const end = (error?: unknown) => {
      if (over) return
      over = true
      clearTimeout(timer)
      if (error === undefined) next()
      else next(translate(error, bytes))
    }
    // A body that trickles in holds a connection; what is left of it is not waited for.
    const timer = setTimeout(() => {
      response.set('Connection', 'close')
      end(new GraphloomError('api.timeout', `The body did not arrive within ${milliseconds / 1000} s.`))
    }, milliseconds)
    parse(request, response, end)
  }
}

function translate(error: unknown, bytes: number): unknown {
  if (error instanceof GraphloomError) return error
  const { type, status } = error as { readonly type?: string; readonly status?: number }
  if (type === 'entity.too.large') return new GraphloomError('api.too-large', `The body has more than ${bytes} bytes.`)
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return new GraphloomError('api.media-type', 'The body must be JSON in UTF-8, plain or gzipped.')
  if (type === 'request.aborted') return new GraphloomError('api.timeout', 'The request ended before its body did.')
  if (status !== undefined && status >= 400 && status < 500) return new GraphloomError('api.invalid', 'The body is not JSON.', { cause: error })
  return error
}
