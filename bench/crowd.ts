// A graph of any size, written by the store's own two calls without extraction and resolution: for measuring questions. Companies and places are as
// unevenly spread as in real collections, so that some are ends of a large part of all facts.
import type { DocumentClaims, GraphStore } from '../graph/index.ts'
import type { Change, Move } from '../graph/store.ts'
import { ONTOLOGY } from '../tests/graph/documents.ts'
import { numbers } from './world.ts'

export const COLLECTION = 'crowd'
const FACTS = 100 // of a document
const CHAINS = 40
const SYLLABLES = ['bor', 'ta', 'quil', 'van', 'mer', 'sol', 'os', 'pel', 'kes', 'lu', 'ri', 'no', 'dra', 'fen', 'gal', 'hus', 'im', 'jor', 'kil', 'lan']
const KINDS = ['Person', 'Person', 'Person', 'Person', 'Person', 'Company', 'Company', 'Company', 'Organization', 'Place']

type EntityId = `ent:${string}`

const hex = (n: number): string => Math.imul(n + 1, 0x9e3779b1).toString(16).padStart(9, '0').slice(-8) + n.toString(16).padStart(8, '0')
export const entityAt = (n: number): EntityId => `ent:${hex(n)}`
export const typeAt = (n: number): string => KINDS[n % KINDS.length] as string
export const documentIdAt = (n: number): `doc:${string}` => `doc:${hex(n)}`
export const factAt = (n: number): `fact:${string}` => `fact:${hex(n)}`
const word = (n: number): string => `${SYLLABLES[n % 20]}${SYLLABLES[Math.floor(n / 20) % 20]}${SYLLABLES[Math.floor(n / 400) % 20]}`
export const nameAt = (n: number): string => `${word(n * 7 + 3)} ${word(Math.floor(n / 10) + n * 3)} ${word(n % 97)}`.replace(/\b\w/g, (letter) => letter.toUpperCase())

/** Entities of each document: people once in a while, companies and places again and again. */
function membersOf(document: number, entities: number): readonly number[] {
  const random = numbers(document + 1)
  return Array.from({ length: CHAINS }, (_, at) => {
    const kind = at % KINDS.length
    const share = entities / KINDS.length
    const rank = kind < 5 ? Math.floor(random() * share) : Math.floor(share ** random()) - 1
    return Math.max(0, rank) * KINDS.length + kind
  })
}

interface Batch {
  readonly claims: readonly DocumentClaims[]
  readonly change: Change
}

function batchAt(from: number, to: number, entities: number): Batch {
  const claims: DocumentClaims[] = []
  const [moves, evidence, facts]: [Move[], { id: string; fact: `fact:${string}` }[], NonNullable<Change['facts']>[number][]] = [[], [], []]
  for (let document = from; document < to; document++) {
    const id = documentIdAt(document)
    const members = membersOf(document, entities)
    const random = numbers(document + 7_000_000)
    const ofKind = (...kinds: string[]): number => { for (;;) { const at = Math.floor(random() * CHAINS); if (kinds.includes(typeAt(members[at] as number))) return at } }
    const places = Array.from({ length: FACTS }, (_, n) => {
      const relation = (['EMPLOYED_BY', 'EMPLOYED_BY', 'SPOUSE', 'BORN_IN', 'PART_OF', 'REVENUE'] as const)[n % 6] as string
      const head = relation === 'PART_OF' || relation === 'REVENUE' ? ofKind('Company') : ofKind('Person')
      const tail = relation === 'SPOUSE' ? ofKind('Person') : relation === 'BORN_IN' ? ofKind('Place') : relation === 'REVENUE' ? undefined : ofKind('Company', 'Organization')
      const literal = { literal: 'quantity', value: `${Math.floor(random() * 10_000)} USD`, text: 'money' }
      const [headName, tailName] = [nameAt(members[head] as number), tail === undefined ? literal.text : nameAt(members[tail] as number)]
      const quote = `${headName} ${relation.toLowerCase().replaceAll('_', ' ')} ${tailName}.`
      const [start, score] = [n * 200, 0.5 + Math.floor(random() * 500) / 1000]
      const status = score < 0.6 ? 'review' as const : 'accepted' as const
      const fact = factAt(document * FACTS + n)
      evidence.push({ id: `${id}#${n}`, fact })
      facts.push({
        id: fact, head: entityAt(members[head] as number), relation, tail: tail === undefined ? literal : entityAt(members[tail] as number), score, claimed: status, status, support: 1, evidence: [`${id}#${n}`], ontology: 'test@1.0.0', model: 'crowd@1',
      })
      return {
        index: n, head, relation, tail: tail ?? literal, tripleScore: score, tripleStatus: status, sentence: n, start, end: start + quote.length, quote,
        headSpan: { start, end: start + headName.length, text: headName }, tailSpan: { start: start + quote.length - 1 - tailName.length, end: start + quote.length - 1, text: tailName }, score,
      }
    })
    members.forEach((member, at) => moves.push({ chain: `${id}#${at}`, unit: entityAt(member), entity: entityAt(member) }))
    claims.push({
      id, collection: COLLECTION, uri: `crowd/${document}.txt`, title: `Crowd ${document}`, language: 'en', sha256: hex(document), stamp: 'crowd', ontology: 'test@1.0.0', model: 'crowd@1', hash: hex(document),
      passages: places.map(({ sentence, start, end, quote }) => ({ sentence, start, end, text: quote, page: 1 + Math.floor(sentence / 40), section: 'Body' })),
      chains: members.map((member, at) => ({ index: at, name: nameAt(member), aliases: [], type: typeAt(member), mentions: 1, keys: [], traits: { family: typeAt(member), form: nameAt(member).toLowerCase(), others: [], acronym: false, context: [] } })),
      evidence: places,
    })
  }
  return { claims, change: { moves: { rows: moves, apart: [] }, evidence, facts } }
}

/** Writes so many facts, a hundred in each document, between a quarter as many entities. */
export async function writeCrowd(store: GraphStore, facts: number, onProgress: (written: number) => void): Promise<void> {
  const [documents, entities] = [Math.ceil(facts / FACTS), Math.ceil(facts / 4)]
  await store.prepare(ONTOLOGY)
  await store.saveOntology(COLLECTION, ONTOLOGY.ontology)
  const moment = (part: number): string => new Date(Date.UTC(2026, 0, 1) + Math.floor(part * 300) * 86_400_000).toISOString()
  for (let from = 0; from < entities; from += 5_000) {
    const rows = Array.from({ length: Math.min(5_000, entities - from) }, (_, n) => from + n)
    await store.apply(COLLECTION, { entities: rows.map((n) => ({ id: entityAt(n), name: nameAt(n), type: typeAt(n), aliases: n % 5 === 0 ? [`${word(n)} ${n}`] : [], mentions: 4, support: 1 + (n % 50), ...(n % 7 === 0 ? { masterId: `M-${n}` } : {}) })) }, moment(0))
  }
  for (let from = 0; from < documents; from += 50) {
    const { claims, change } = batchAt(from, Math.min(from + 50, documents), entities)
    await store.replace(COLLECTION, [], claims, moment(from / documents))
    await store.apply(COLLECTION, change, moment(from / documents))
    for (let items = await store.pending(COLLECTION, 'document', 1_000); items.length > 0; items = await store.pending(COLLECTION, 'document', 1_000)) await store.apply(COLLECTION, { clear: items }, moment(0))
    onProgress(Math.min(from + 50, documents) * FACTS)
  }
}
