// Documents and extractions written as statements: what the graph is given in its tests.
import { createHash } from 'node:crypto'
import type { Chain, Extraction, Literal, Mention, Triple } from '../../extract/index.ts'
import type { CommittedDocument } from '../../graph/index.ts'
import type { Document, Sentence } from '../../ingest/index.ts'
import { compileOntology, type CompiledOntology, type LiteralKind, type Ontology, type Relation } from '../../ontology/index.ts'

export const NOW = '2026-01-01T00:00:00.000Z'

type RelationPart = Partial<Relation> & Pick<Relation, 'domain' | 'range'>

export function ontologyOf(types: Readonly<Record<string, { parents?: string[]; ner?: ('PER' | 'ORG' | 'LOC')[] }>>, relations: Readonly<Record<string, RelationPart>>): CompiledOntology {
  const ontology: Ontology = {
    name: 'test',
    version: '1.0.0',
    namespace: 'https://example.com/test#',
    types: Object.fromEntries(Object.entries(types).map(([name, { parents = [], ner = [] }]) => [name, { name, description: '', parents, ner, gazetteer: [], patterns: [] }])),
    relations: Object.fromEntries(
      Object.entries(relations).map(([name, part]) => [
        name,
        { name, label: name.toLowerCase(), description: '', aliases: [], symmetric: false, transitive: false, irreflexive: false, acyclic: false, functional: false, examples: [], negatives: [], ...part },
      ]),
    ),
    disjoint: [],
  }
  return compileOntology(ontology)
}

export const ONTOLOGY = ontologyOf(
  { Person: { ner: ['PER'] }, Organization: { ner: ['ORG'] }, Company: { parents: ['Organization'] }, University: { parents: ['Organization'] }, Place: { ner: ['LOC'] } },
  {
    EMPLOYED_BY: { domain: ['Person'], range: ['Organization'], inverse: 'EMPLOYS' },
    EMPLOYS: { domain: ['Organization'], range: ['Person'], inverse: 'EMPLOYED_BY' },
    SPOUSE: { domain: ['Person'], range: ['Person'], symmetric: true },
    BORN_IN: { domain: ['Person'], range: ['Place'], functional: true },
    PART_OF: { domain: ['Organization'], range: ['Organization'], acyclic: true },
    FOUNDED_ON: { domain: ['Organization'], range: ['date'], literal: 'date' as LiteralKind, functional: true },
    REVENUE: { domain: ['Organization'], range: ['quantity'], literal: 'quantity' as LiteralKind },
  },
)

export interface Thing {
  readonly name: string
  readonly type: string
  readonly aliases?: readonly string[]
  readonly masterId?: string
  readonly kind?: Mention['kind']
  /** Written right behind the name at its first mention. */
  readonly suffix?: string
}

export interface Statement {
  readonly head: Thing
  readonly relation: string
  readonly tail: Thing | Literal
  readonly score?: number
  readonly status?: 'accepted' | 'review'
}

export const person = (name: string, more: Partial<Thing> = {}): Thing => ({ name, type: 'Person', ...more })
export const company = (name: string, more: Partial<Thing> = {}): Thing => ({ name, type: 'Company', ...more })
export const organization = (name: string, more: Partial<Thing> = {}): Thing => ({ name, type: 'Organization', ...more })
export const place = (name: string, more: Partial<Thing> = {}): Thing => ({ name, type: 'Place', ...more })
export const date = (value: string): Literal => ({ kind: 'date', value })

const COARSE: Readonly<Record<string, 'PER' | 'ORG' | 'LOC'>> = { Person: 'PER', Organization: 'ORG', Company: 'ORG', University: 'ORG', Place: 'LOC' }

/** A document that says the statements, one a sentence, and what was extracted from it. */
export function documentOf(uri: string, statements: readonly Statement[], options: { collection?: string; record?: string; stamp?: string; intro?: string } = {}): CommittedDocument {
  const { collection = 'test', record, stamp = 's1', intro = 'Preface.' } = options
  let text = intro
  const sentences: Sentence[] = [{ index: 0, start: 0, end: text.length, kind: 'prose', paragraph: 0 }]
  const drafts = new Map<string, { thing: Thing | Literal; mentions: Mention[] }>()
  const mention = (thing: Thing | Literal): { key: string; index: number } => {
    const key = JSON.stringify(thing)
    const draft = drafts.get(key) ?? { thing, mentions: [] }
    drafts.set(key, draft)
    const names = 'name' in thing ? [thing.name, ...(draft.mentions.length === 0 ? (thing.aliases ?? []) : [])] : [thing.value]
    const index = draft.mentions.length
    for (const [n, name] of names.entries()) {
      if (n > 0) text += ' also '
      const start = text.length
      text += name
      const coarse = 'name' in thing ? COARSE[thing.type] : undefined
      draft.mentions.push({
        start, end: text.length, text: name, kind: 'name' in thing ? (thing.kind ?? 'name') : 'literal', sentence: sentences.length, types: 'name' in thing ? [thing.type] : [], agreement: {}, finder: 'test',
        ...(coarse === undefined ? {} : { coarse }), ...('name' in thing ? {} : { literal: thing }),
      })
      if (n === 0 && 'name' in thing && thing.suffix !== undefined) {
        const open = thing.suffix.indexOf('[')
        text += open < 0 ? thing.suffix : thing.suffix.slice(0, open)
        if (open >= 0) {
          const beside = thing.suffix.slice(open + 1, thing.suffix.indexOf(']'))
          const at = text.length
          text += beside
          drafts.set(`beside ${beside}`, { thing: place(beside), mentions: [{ start: at, end: text.length, text: beside, kind: 'name', sentence: sentences.length, coarse: 'LOC', types: ['Place'], agreement: {}, finder: 'test' }] })
        }
      }
    }
    return { key, index }
  }
  const claims = statements.map((statement) => {
    text += ' '
    const start = text.length
    const head = mention(statement.head)
    text += ` ${statement.relation.toLowerCase()} `
    const tail = mention(statement.tail)
    text += '.'
    sentences.push({ index: sentences.length, start, end: text.length, kind: 'prose', paragraph: 0 })
    return { statement, head, tail, sentence: sentences.length - 1 }
  })
  const keys = [...drafts.keys()]
  const chains = keys.map((key, index): Chain => {
    const { thing, mentions } = drafts.get(key) as { thing: Thing | Literal; mentions: Mention[] }
    return 'name' in thing
      ? { index, name: thing.name, aliases: thing.aliases ?? [], type: thing.type, mentions, links: [], ...(thing.masterId === undefined ? {} : { masterId: thing.masterId }) }
      : { index, name: thing.value, aliases: [], literal: thing, mentions, links: [] }
  })
  const triples = claims.map(({ statement, head, tail, sentence }): Triple => {
    const { start, end } = sentences[sentence] as Sentence
    const span = ({ key, index }: { key: string; index: number }) => {
      const found = drafts.get(key)?.mentions[index] as Mention
      return { start: found.start, end: found.end, text: found.text }
    }
    const score = statement.score ?? 0.9
    return {
      head: keys.indexOf(head.key), relation: statement.relation, tail: keys.indexOf(tail.key), score, status: statement.status ?? 'accepted',
      evidence: [{ sentence, start, end, quote: text.slice(start, end), head: span(head), tail: span(tail), score }],
    }
  })
  const document: Document = {
    id: `doc:${sha(collection, uri, record ?? '')}`, collection, uri, ...(record === undefined ? {} : { record }), title: uri, mediaType: 'text/plain', language: 'en', sha256: sha(text), text, charactersRead: text.length,
    pages: [{ number: 1, start: 0, end: text.length }], sections: [{ title: 'Body', path: ['1 Part', 'Body'], level: 1, start: 0, end: text.length }], sentences, offsets: [], metadata: {},
  }
  const extraction: Extraction = {
    document: document.id, ontology: 'test@1.0.0', model: 'test@1', chains, triples,
    counts: { charactersSeen: text.length, mentions: 0, chains: chains.length, pairs: 0, scored: 0, rejected: {}, milliseconds: {} }, warnings: [],
  }
  return { document, extraction, stamp }
}

function sha(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)
}
