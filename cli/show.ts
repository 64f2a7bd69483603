// graphloom show: accepted facts for a person to read, grouped by relation, each with the words that state it.
import { exportFacts, type Fact } from '../graph/index.ts'
import { openExistingGraph } from './wire.ts'

export interface ShowOptions {
  readonly store: string
  readonly collection?: string
  readonly limit: number
}

export async function show({ store: uri, collection, limit }: ShowOptions): Promise<void> {
  const store = await openExistingGraph(uri)
  try {
    const groups = new Map<string, string[]>()
    const formats = new Map<string, number>()
    let total = 0
    for await (const fact of exportFacts(store, { ...(collection === undefined ? {} : { collection }), statuses: ['accepted'] })) {
      for (const extension of new Set(fact.evidence.map(({ uri }) => extensionOf(uri)))) formats.set(extension, (formats.get(extension) ?? 0) + 1)
      if (++total > limit) continue
      const group = groups.get(fact.relation) ?? []
      group.push(describe(fact))
      groups.set(fact.relation, group)
    }
    for (const [relation, facts] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) process.stdout.write(`\n${relation}\n${facts.sort().join('')}`)
    const from = [...formats].sort(([a], [b]) => (a < b ? -1 : 1)).map(([extension, number]) => `${extension} ${number}`).join(', ')
    process.stdout.write(`\n${total} accepted facts${total > limit ? `, ${limit} shown` : ''}${from ? `; facts by source format: ${from}` : ''}\n`)
  } finally {
    await store.close()
  }
}

function describe({ head, tail, score, support, evidence }: Fact): string {
  const [first] = evidence
  const name = 'literal' in tail ? tail.value : `${tail.name} (${tail.type})`
  const page = first?.page === undefined ? '' : `, page ${first.page}`
  const section = first?.section === undefined || first.section === '' ? '' : `, section “${first.section}”`
  const record = first?.record === undefined ? '' : `#${first.record}`
  return `  ${head.name} (${head.type}) -> ${name}   score ${score.toFixed(2)}, ${support} document${support === 1 ? '' : 's'}\n    “${first?.quote.replace(/\s+/gu, ' ')}”\n    ${first?.uri}${record}${page}${section}\n`
}

const extensionOf = (uri: string) => /\.([a-z0-9]+)$/iu.exec(uri)?.[1]?.toLowerCase() ?? 'other'
