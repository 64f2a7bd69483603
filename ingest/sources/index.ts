// Paths -> sources: files, folders, globs and standard input, with archives opened in place and bounded as a whole.
import { basename } from 'node:path'
import { GraphloomError } from '../../errors.ts'
import { detectArchive, HEAD_BYTES } from '../detect.ts'
import { DEFAULT_LIMITS, type ReadLimits } from '../limits.ts'
import type { Source } from '../source.ts'
import { Budget, type Member, unsafeName } from './archive.ts'
import { collect, failedSource, fileBytes, peek } from './bytes.ts'
import { listFiles } from './paths.ts'
import { gunzip, tarMembers } from './tar.ts'
import { officeKind, zipMembers } from './zip.ts'

export { collect, fileBytes, peek } from './bytes.ts'

export interface SourceOptions {
  /** Read where a path is `-`. */
  readonly stdin?: AsyncIterable<Uint8Array>
  readonly limits?: Partial<ReadLimits>
}

/** All sources that the paths name, sorted by uri; members of a tar come in their stored order. */
export async function* sources(paths: readonly string[], options: SourceOptions = {}): AsyncIterable<Source> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const { files, missing } = await listFiles(paths.filter(path => path !== '-'))
  for (const path of missing) yield failedSource(path, new GraphloomError('ingest.not-found', `there is no file, folder or match for ${path}`))
  for (const file of files) {
    yield* opened({ uri: file.uri, open: () => fileBytes(file.path) }, new Budget(limits), 0, file.path)
  }
  if (paths.includes('-')) yield* standardInput(options.stdin, limits)
}

async function* standardInput(stdin: AsyncIterable<Uint8Array> | undefined, limits: ReadLimits): AsyncIterable<Source> {
  if (stdin === undefined) yield failedSource('stdin', new GraphloomError('ingest.not-found', 'the path `-` was given, but there is no standard input'))
  else yield* opened({ uri: 'stdin', open: () => stdin }, new Budget(limits), 0)
}

/** The source itself, or what is in it where it is an archive. `path` is where it can be opened again, on disk. */
async function* opened(source: Source, budget: Budget, depth: number, path?: string): AsyncIterable<Source> {
  let unpacked: AsyncIterable<Uint8Array>
  let kind: ReturnType<typeof detectArchive>
  try {
    const { head, whole } = await peek(source.open(), HEAD_BYTES)
    kind = detectArchive(head)
    unpacked = whole
  } catch (error) {
    yield failedSource(source.uri, asFailure(error))
    return
  }
  if (kind === undefined) {
    yield* once(source.uri, unpacked, path)
  } else if (depth >= budget.limits.archiveDepth) {
    await release(unpacked)
    yield failedSource(source.uri, new GraphloomError('ingest.archive-limit', `archives lie more than ${budget.limits.archiveDepth} deep in one another; this one is left closed`))
  } else {
    yield* archive(source.uri, kind, unpacked, budget, depth, path)
  }
}

async function* archive(uri: string, kind: 'zip' | 'tar' | 'gzip', bytes: AsyncIterable<Uint8Array>, budget: Budget, depth: number, path?: string): AsyncIterable<Source> {
  try {
    if (kind === 'zip') yield* zip(uri, bytes, budget, depth, path)
    else if (kind === 'tar') for await (const member of tarMembers(bytes, budget)) yield* inside(uri, member, budget, depth)
    else {
      // What is in a gzip is a tar or one file, named as the gzip without its ending.
      const { head, whole } = await peek(gunzip(bytes, budget), HEAD_BYTES)
      if (detectArchive(head) === 'tar') for await (const member of tarMembers(whole, budget)) yield* inside(uri, member, budget, depth)
      else yield* inside(uri, { name: basename(uri).replace(/\.t?gz$/i, ''), open: () => whole }, budget, depth)
    }
  } catch (error) {
    yield failedSource(uri, asFailure(error))
  }
}

async function* zip(uri: string, bytes: AsyncIterable<Uint8Array>, budget: Budget, depth: number, path?: string): AsyncIterable<Source> {
  const held = path === undefined ? await collect(bytes, budget.limits.fileBytes) : undefined
  if (held === undefined) await release(bytes)
  const { members, close } = await zipMembers(held ?? path!, budget)
  try {
    const office = officeKind(members)
    if (office === 'docx') {
      // Its reader unpacks it in memory, so what it unpacks to is counted first.
      for (const member of members) for await (const _ of member.open());
      yield { uri, ...(path === undefined ? {} : { path }), open: () => (held === undefined ? fileBytes(path!) : single(held)) }
    }
    else if (office !== undefined) yield failedSource(uri, new GraphloomError('ingest.unsupported', `the content is ${office}, which cannot be read yet; save it as PDF or DOCX`))
    else for (const member of members) yield* inside(uri, member, budget, depth)
  } finally {
    close()
  }
}

async function* inside(uri: string, member: Member, budget: Budget, depth: number): AsyncIterable<Source> {
  const reason = unsafeName(member.name)
  const name = `${uri}!/${member.name}`
  if (reason !== undefined) yield failedSource(name, new GraphloomError('ingest.unsafe-name', `the member's name is not used: ${reason}`))
  // Hidden files and the resource forks that macOS adds are no documents, as in folders.
  else if (!member.name.split('/').some(part => part.startsWith('.') || part === '__MACOSX')) yield* opened({ uri: name, open: member.open }, budget, depth + 1)
}

async function* once(uri: string, bytes: AsyncIterable<Uint8Array>, path: string | undefined): AsyncIterable<Source> {
  let taken = false
  yield {
    uri,
    ...(path === undefined ? {} : { path }),
    open() {
      taken = true
      return bytes
    },
  }
  if (!taken) await release(bytes)
}

async function* single(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

/** Lets go of a stream that nobody will read. */
async function release(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = bytes[Symbol.asyncIterator]()
  await iterator.next()
  await iterator.return?.()
}

function asFailure(error: unknown): GraphloomError {
  if (error instanceof GraphloomError) return error
  throw error
}
