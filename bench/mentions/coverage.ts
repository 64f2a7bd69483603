// How many annotated names are found with exactly their span, and how many are typed right. Usage: tsx bench/mentions/coverage.ts FILE... [--missed N] [--spurious N]
import { parseArgs } from 'node:util'
import { coarseOntology, readAnnotated } from './annotated.ts'
import { openReading } from './reading.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { missed: { type: 'string' }, spurious: { type: 'string' } } })
const COARSE: Readonly<Record<string, string>> = { PER: 'PER', ORG: 'ORG', LOC: 'LOC', MISC: 'MISC', Person: 'PER', Organization: 'ORG', Place: 'LOC' }
const { read, close } = await openReading(coarseOntology())
for (const file of positionals) {
  const counts = new Map<string, { gold: number, found: number, typed: number }>()
  const missed: string[] = []
  const spurious: string[] = []
  let found = 0
  let right = 0
  let characters = 0
  const started = performance.now()
  let spent = 0
  for (const { document, chains } of readAnnotated(file)) {
    const before = performance.now()
    const { mentions } = await read(document)
    spent += performance.now() - before
    characters += document.text.length
    const spans = new Map(mentions.map(mention => [`${mention.start}-${mention.end}`, mention]))
    const gold = new Set<string>()
    for (const chain of chains) chain.mentions.forEach(([start, end], index) => {
      const kind = chain.kinds?.[index]
      const type = `${chain.type ?? '-'}${kind === undefined ? '' : ` ${kind}`}`
      gold.add(`${start}-${end}`)
      const row = counts.get(type) ?? counts.set(type, { gold: 0, found: 0, typed: 0 }).get(type)!
      row.gold++
      const mention = spans.get(`${start}-${end}`)
      if (mention === undefined) { missed.push(`${type}: [${document.text.slice(start, end)}] in …${document.text.slice(Math.max(0, start - 30), end + 25)}… have ${mentions.filter(other => other.kind !== 'pronoun' && other.start < end && start < other.end).map(other => other.text).join(' | ')}`); return }
      row.found++
      if (mention.coarse === COARSE[chain.type ?? '']) row.typed++
    })
    for (const mention of mentions) if (mention.kind === 'name') {
      found++
      if (gold.has(`${mention.start}-${mention.end}`)) right++
      else spurious.push(`[${mention.text}] ${mention.coarse} in …${document.text.slice(Math.max(0, mention.start - 30), mention.end + 25)}…`)
    }
  }
  void started
  console.log(file, `${Math.round(characters / spent)} KB/s`, `names ${found}, of them gold ${(100 * right / found).toFixed(1)} %`)
  for (const [type, row] of [...counts].sort()) console.log(`  ${type}: ${row.gold} found ${(100 * row.found / row.gold).toFixed(1)} % typed ${(100 * row.typed / Math.max(1, row.found)).toFixed(1)} %`)
  const show = (list: readonly string[], count: string | undefined): void => { if (count !== undefined) for (const line of list.filter((_, index) => index % Math.max(1, Math.floor(list.length / Number(count))) === 0)) console.log(line.replaceAll('\n', ' ')) }
  show(missed, values.missed)
  show(spurious, values.spurious)
}
await close()
