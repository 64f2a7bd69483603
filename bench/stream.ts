// npx tsx bench/stream.ts [megabytes=2048]: a JSON Lines stream of so many megabytes through `read`, and the memory that it takes.
// Records differ from each other, so that what is kept of each one shows.
import { read } from '../ingest/index.ts'
import { table } from './table.ts'

const MEGABYTE = 2 ** 20
const total = Number(process.argv[2] ?? 2048) * MEGABYTE
const filler = 'The harbour office notes the arrival of every boat and the weight of what it brings. '.repeat(60)
const before = process.memoryUsage().rss
let bytes = 0
const samples: [megabytes: number, mebibytes: number][] = []

async function* lines(): AsyncIterable<Uint8Array> {
  for (let index = 0; bytes < total; index += 1) {
    const line = Buffer.from(`${JSON.stringify({ id: String(index), text: `Record ${index} was written by Ada Brook. ${filler.slice(0, 3000 + (index % 7) * 200)}` })}\n`)
    bytes += line.length
    samples.push([bytes / MEGABYTE, (process.memoryUsage().rss - before) / MEGABYTE])
    yield line
  }
}

const since = performance.now()
let documents = 0
let characters = 0
for await (const result of read(['-'], { collection: 'bench', fieldMap: { id: 'id', text: 'text' }, stdin: lines() })) {
  if (result.status === 'failed') throw new Error(result.failure.reason)
  documents += 1
  characters += result.document.text.length
}
const seconds = (performance.now() - since) / 1000
const quarters = [1, 2, 3, 4].map((quarter) => {
  const part = samples.slice(Math.floor((samples.length * (quarter - 1)) / 4), Math.floor((samples.length * quarter) / 4))
  return [`quarter ${quarter}`, Math.round(part.at(-1)?.[0] ?? 0), Math.round(part.reduce((most, [, memory]) => Math.max(most, memory), 0))]
})
console.log(table(['of the stream', 'MB read', 'most MiB above the start'], quarters))
console.log(`\n${documents} records, ${characters} characters, ${seconds.toFixed(1)} s: ${(bytes / MEGABYTE / seconds).toFixed(1)} MB/s`)
