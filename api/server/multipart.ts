// multipart/form-data -> files, one at a time, never whole in memory. Bounds are checked while bytes come in.
import type { Readable } from 'node:stream'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import type { Request } from 'express'
import { GraphloomError } from '../../errors.ts'
import type { Upload } from '../route.ts'

export interface UploadLimits {
  /** Files of one upload. */
  readonly files: number
  /** Bytes of one upload, all files together. */
  readonly bytes: number
  /** Milliseconds without a byte after which the upload is given up. */
  readonly stall: number
}

/** Files in the order of the body; each must be read before the next is asked for. */
export async function* filesOf(request: Request, limits: UploadLimits): AsyncGenerator<Upload> {
  const arrivals = new Arrivals()
  const parser = parserOf(request)
  let bytes = 0
  let seen = 0
  const fail = (error: Error) => arrivals.fail(error)
  const tooLarge = () => fail(new GraphloomError('api.too-large', `The upload has more than ${limits.bytes} bytes or ${limits.files} files; send it in parts.`))
  // Silence counts only while we listen: a slow disk here is not a slow client.
  const stalled = () => {
    if (request.readableFlowing === false) timer.refresh()
    else fail(new GraphloomError('api.timeout', `No byte arrived for ${limits.stall / 1000} s.`))
  }
  const timer = setTimeout(stalled, limits.stall)
  request.on('end', () => clearTimeout(timer))
  request.on('data', (chunk: Buffer) => {
    timer.refresh()
    bytes += chunk.length
    if (bytes > limits.bytes) tooLarge()
  })
  request.on('aborted', () => fail(new GraphloomError('api.timeout', 'The request ended before its body did.')))
  parser.on('file', (_field: string, stream: Readable, name: string | undefined) => {
    stream.on('error', () => {})
    if (++seen > limits.files) tooLarge()
    else arrivals.add({ name: name ?? '', stream })
  })
  parser.on('error', () => fail(new GraphloomError('api.invalid', 'The multipart body is broken.')))
  parser.on('finish', () => arrivals.end())
  request.pipe(parser)
  try {
    for (;;) {
      const file = await arrivals.next()
      if (file === undefined) return
      yield { name: file.name, bytes: arrivals.guard(file.stream) }
    }
  } finally {
    clearTimeout(timer)
    request.unpipe(parser)
    request.resume()
    arrivals.drop()
  }
}

function parserOf(request: Request): InstanceType<typeof Busboy> {
  try {
    return new Busboy({ headers: request.headers as BusboyHeaders, preservePath: true, limits: { fields: 100, fieldSize: 10_000, headerPairs: 100 } })
  } catch {
    throw new GraphloomError('api.media-type', 'The multipart body has no boundary.')
  }
}

interface Arrival {
  readonly name: string
  readonly stream: Readable
}

/** Files that have begun to arrive, until the body ends or fails. */
class Arrivals {
  readonly #waiting: Arrival[] = []
  readonly #streams = new Set<Readable>()
  #failure: Error | undefined
  #ended = false
  #wake: () => void = () => {}

  add(arrival: Arrival): void {
    this.#waiting.push(arrival)
    this.#streams.add(arrival.stream)
    if (this.#failure) this.drop()
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  fail(error: Error): void {
    this.#failure ??= error
    this.drop()
    this.#wake()
  }

  drop(): void {
    for (const stream of this.#streams) stream.destroy(this.#failure)
    this.#streams.clear()
  }

  async next(): Promise<Arrival | undefined> {
    for (;;) {
      if (this.#failure) throw this.#failure
      const next = this.#waiting.shift()
      if (next) return next
      if (this.#ended) return undefined
      await new Promise<void>((resolve) => { this.#wake = resolve })
    }
  }

  /** The bytes of a file; what goes wrong with the whole body goes wrong with it. */
  async *guard(stream: Readable): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of stream) yield chunk as Uint8Array
    } catch (error) {
      throw this.#failure ?? error
    }
    if (this.#failure) throw this.#failure
  }
}
