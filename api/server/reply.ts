// Answers of routes -> HTTP: JSON with a strong ETag, JSON Lines, Server-Sent Events, problem documents.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { PROBLEM_MEDIA_TYPE, problemOf } from '../problem.ts'
import type { ServerEvent } from '../route.ts'

const HEARTBEAT = 15_000 // milliseconds; proxies close what is silent for a minute

export function replyJson(request: Request, response: Response, status: number, value: unknown): void {
  const body = JSON.stringify(value)
  response.set({ 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'private, no-cache', Vary: 'Authorization' })
  if (request.method === 'GET' || request.method === 'HEAD') {
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
    response.set('ETag', tag)
    if (matches(request.get('if-none-match'), tag)) {
      response.status(304).end()
      return
    }
  }
  response.status(status).send(body)
}

function matches(given: string | undefined, tag: string): boolean {
  return given !== undefined && (given.trim() === '*' || given.split(',').some((one) => one.trim().replace(/^W\//, '') === tag))
}

/** A failure after the first byte breaks the connection off, so that nobody takes half a list for the whole. */
export async function replyLines(response: Response, records: AsyncIterable<unknown>): Promise<void> {
  const lines = records[Symbol.asyncIterator]()
  const first = await lines.next() // what fails at once is still a problem document
  response.set({ 'Content-Type': 'application/x-ndjson; charset=utf-8', 'Cache-Control': 'private, no-cache', Vary: 'Authorization' })
  response.status(200)
  await pipeline(Readable.from((async function* () {
    for (let step = first; !step.done; step = await lines.next()) yield `${JSON.stringify(step.value)}\n`
  })()), response)
}

export async function replyEvents(response: Response, events: AsyncIterable<ServerEvent>): Promise<void> {
  const steps = events[Symbol.asyncIterator]()
  let step = await steps.next()
  response.set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
  response.status(200).flushHeaders()
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT)
  try {
    for (; !step.done; step = await steps.next()) {
      const { event, data } = step.value
      if (!response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
    }
  } finally {
    clearInterval(heartbeat)
    response.end()
  }
}

export function replyProblem(response: Response, error: unknown, request: string): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const problem = problemOf(error, request)
  if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer realm="graphloom"')
  response.removeHeader('ETag')
  response.status(problem.status).set({ 'Content-Type': PROBLEM_MEDIA_TYPE, 'Cache-Control': 'no-store' }).send(JSON.stringify(problem))
}
