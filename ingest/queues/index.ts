// URI -> queue: none = in this process, redis:// = Bull. Bull is loaded only where it is asked for.
import { GraphloomError } from '../../errors.ts'
import type { Queue, QueueOptions, Reference } from '../queue.ts'
import { openMemoryQueue } from './memory.ts'

export interface OpenQueueOptions extends QueueOptions {
  /** Milliseconds after which the job of a silent worker is given to another. */
  readonly lock: number
  /** Told of a lost connection; the queue itself waits until Redis is back. */
  readonly onError: (error: Error) => void
}

/** Opens the queue that `uri` names; in this process when there is none. */
export async function openQueue<Ref extends Reference = Reference>(uri?: string, options: Partial<OpenQueueOptions> = {}): Promise<Queue<Ref>> {
  if (uri === undefined) return openMemoryQueue<Ref>(options)
  if (!/^rediss?:\/\//u.test(uri)) throw new GraphloomError('usage.queue', `"${uri}" is no queue; expected redis://HOST:PORT, or no --queue to work in this process.`)
  const { openBullQueue } = await import('./bull.ts')
  return openBullQueue<Ref>(uri, options)
}
