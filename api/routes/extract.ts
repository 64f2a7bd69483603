// Text in, triples out; nothing is written.
import { z } from 'zod'
import { GraphloomError } from '../../errors.ts'
import type { Chain, Extraction, Triple } from '../../extract/index.ts'
import { ExtractionRecord } from '../records/index.ts'
import { type Frozen, route } from '../route.ts'

type Answered = Frozen<z.input<typeof ExtractionRecord>>

export const extractOnly = route({
  method: 'post', path: '/v1/extract', role: 'reader', tag: 'Extract', scope: 'none', audit: 'none',
  summary: 'Find mentions, chains and triples in a text',
  description: 'Writes nothing. `name` may have an ending that says the format, such as page.html.',
  body: z.strictObject({ text: z.string().min(1).max(200_000), name: z.string().min(1).max(200).optional() }),
  response: ExtractionRecord,
  example: { body: { text: 'Ada Lovelace joined Acme Corp in 1842.' } },
  async run({ body: { text, name = 'text.txt' } }, { services: { extract } }) {
    if (extract === undefined) throw new GraphloomError('api.off', 'This server has no ontology to extract by; start it with --ontology FILE.')
    const { document, extraction } = await extract({ text, name })
    return { text: document.text, language: document.language, ...answerOf(extraction) }
  },
})

function answerOf({ ontology, model, chains, triples, counts }: Extraction): Omit<Answered, 'text' | 'language'> {
  const found = chains.flatMap(({ mentions }) => mentions)
  const mentions = [...new Set(found)].sort((a, b) => a.start - b.start || a.end - b.end)
  return {
    ontology, model,
    mentions: mentions.map(({ start, end, text, kind, sentence, types }) => ({ start, end, text, kind, sentence, types })),
    chains: chains.map(({ name, type, literal, aliases, mentions: own }) => ({
      name, aliases, mentions: own.map((mention) => mentions.indexOf(mention)), ...(type === undefined ? {} : { type }), ...(literal === undefined ? {} : { literal }),
    })),
    triples: triples.map((triple) => tripleOf(triple, chains)),
    rejected: Object.fromEntries(Object.entries(counts.rejected).map(([reason, number]) => [reason, number ?? 0])),
  }
}

function tripleOf({ head, relation, tail, score, status, reason, evidence }: Triple, chains: readonly Chain[]): Answered['triples'][number] {
  return { head: endOf(chains, head), relation, tail: endOf(chains, tail), score, status, ...(reason === undefined ? {} : { reason }), evidence }
}

function endOf(chains: readonly Chain[], index: number): Answered['triples'][number]['head'] {
  const chain = chains[index]
  if (chain?.literal) return { literal: chain.literal.kind, value: chain.literal.value, text: chain.name }
  return { chain: index, name: chain?.name ?? '', type: chain?.type ?? '' }
}
