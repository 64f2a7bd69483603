// Members of a zip file, sorted by name, unpacked as they are read and never to disk.
import yauzl from 'yauzl'
import { GraphloomError } from '../../errors.ts'
import { strictUtf8 } from '../decode.ts'
import type { Budget, Member } from './archive.ts'

/** Files inside the zip at `from`, a path or the bytes themselves; `close` when done. */
export async function zipMembers(from: string | Buffer, budget: Budget): Promise<{ members: Member[]; close: () => void }> {
  const zip = await opened(from)
  try {
    const entries = await entriesOf(zip, budget)
    entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    return { members: entries.map(({ name, entry }) => ({ name, open: () => bytesOf(zip, entry, budget) })), close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

/** What kind of office document the members make up, if they do. */
export function officeKind(members: readonly Member[]): 'docx' | 'pptx' | 'xlsx' | 'odf or epub' | undefined {
  const names = new Set(members.map(member => member.name))
  if (names.has('word/document.xml')) return 'docx'
  if (names.has('ppt/presentation.xml')) return 'pptx'
  if (names.has('xl/workbook.xml')) return 'xlsx'
  return names.has('mimetype') && (names.has('content.xml') || names.has('META-INF/container.xml')) ? 'odf or epub' : undefined
}

// Names are decoded here: yauzl would give up the whole archive for one bad name.
const OPTIONS = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true } as const

function opened(from: string | Buffer): Promise<yauzl.ZipFile> {
  return new Promise((done, fail) => {
    const callback = (error: Error | null, zip?: yauzl.ZipFile) => (error === null && zip !== undefined ? done(zip) : fail(damaged(error)))
    if (typeof from === 'string') yauzl.open(from, OPTIONS, callback)
    else yauzl.fromBuffer(from, OPTIONS, callback)
  })
}

function entriesOf(zip: yauzl.ZipFile, budget: Budget): Promise<{ name: string; entry: yauzl.Entry }[]> {
  return new Promise((done, fail) => {
    const entries: { name: string; entry: yauzl.Entry }[] = []
    zip.on('error', error => fail(damaged(error)))
    zip.on('end', () => done(entries))
    zip.on('entry', (entry: yauzl.Entry) => {
      try {
        budget.entry()
        const name = nameOf(entry.fileName as unknown as Buffer)
        if (!name.endsWith('/')) entries.push({ name, entry })
        zip.readEntry()
      } catch (error) {
        fail(error)
      }
    })
    zip.readEntry()
  })
}

/** UTF-8 where it is valid, flag or not; else one character a byte, so that distinct names stay distinct. */
function nameOf(raw: Buffer): string {
  return (strictUtf8(raw) ?? raw.toString('latin1')).replaceAll('\\', '/')
}

async function* bytesOf(zip: yauzl.ZipFile, entry: yauzl.Entry, budget: Budget): AsyncIterable<Uint8Array> {
  if (entry.isEncrypted()) throw new GraphloomError('ingest.encrypted', 'the archive member is encrypted; give it without a password')
  const stream = await new Promise<NodeJS.ReadableStream>((done, fail) => {
    zip.openReadStream(entry, (error, readable) => (error === null && readable !== undefined ? done(readable) : fail(damaged(error))))
  })
  try {
    yield* budget.meter(stream as unknown as AsyncIterable<Uint8Array>, () => entry.compressedSize)
  } catch (error) {
    throw error instanceof GraphloomError ? error : damaged(error)
  }
}

function damaged(cause: unknown): GraphloomError {
  return new GraphloomError('ingest.damaged', `the zip file is damaged: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
}
