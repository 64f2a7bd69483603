// A temporary folder of files for one test, and what `read` makes of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Document, type FailedDocument, read, type ReadOptions, type ReadResult } from '../../ingest/index.ts'

/** Writes the files into a new folder, which goes when the test ends. */
export function folderOf(files: Readonly<Record<string, Uint8Array | string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'ingest-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  return root
}

export async function readAll(paths: readonly string[], options: Partial<ReadOptions> = {}): Promise<ReadResult[]> {
  const results: ReadResult[] = []
  for await (const result of read(paths, { collection: 'test', ...options })) results.push(result)
  return results
}

export function documentsOf(results: readonly ReadResult[]): Document[] {
  return results.flatMap(result => (result.status === 'read' ? [result.document] : []))
}

export function failuresOf(results: readonly ReadResult[]): FailedDocument[] {
  return results.flatMap(result => (result.status === 'failed' ? [result.failure] : []))
}

/** The texts of the sentences, in order. */
export function sentencesOf(document: Document): string[] {
  return document.sentences.map(sentence => document.text.slice(sentence.start, sentence.end))
}

/** The rows as header -> value. */
export function rowsOf(document: Document): Record<string, string>[] {
  return document.sentences.filter(sentence => sentence.kind === 'row').map(sentence => Object.fromEntries(sentence.cells!.map((cell, at) => [cell.header ?? String(at), document.text.slice(cell.start, cell.end)])))
}
