// Chains -> ordered pairs of mentions near each other that some relation of the ontology allows.
import type { Document, Sentence } from '../../ingest/index.ts'
import type { CompiledOntology, Relation } from '../../ontology/index.ts'
import type { Chain } from '../chains/index.ts'
import type { Mention } from '../mentions/index.ts'
import { candidateTypes } from './candidates.ts'
import type { Pair } from './pair.ts'
import { topicSentences } from './topics.ts'

export interface EnumerateOptions {
  /** Most pairs a document; the nearest are kept. */
  readonly maxPairs: number
  /** Most mention pairs that one chain pair is asked about in one sentence. */
  readonly maxPairsInSentence: number
}

export const DEFAULTS: EnumerateOptions = { maxPairs: 20_000, maxPairsInSentence: 4 }

export interface Enumeration {
  /** Sorted by window, head and tail. */
  readonly pairs: readonly Pair[]
  /** Pairs beyond `maxPairs`. */
  readonly dropped: number
}

interface Place {
  readonly chain: Chain
  readonly mention: Mention
  /** Index inside its chain. */
  readonly position: number
}

type Allowed = (head: Chain, tail: Chain) => readonly string[]

/** Pairs in one sentence, and in adjacent sentences of one paragraph where no sentence holds both chains. */
export function enumeratePairs(document: Document, chains: readonly Chain[], ontology: CompiledOntology, options: EnumerateOptions = DEFAULTS): Enumeration {
  const allowed = allowedRelations(chains, ontology)
  const bySentence = placesBySentence(chains.filter(isReferring))
  const together = new Set<string>()
  const pairs: Pair[] = []
  for (const sentence of document.sentences) {
    const found = pairsWithin(sentence, bySentence.get(sentence.index) ?? [], allowed, options)
    for (const pair of found) together.add(`${pair.head} ${pair.tail}`)
    pairs.push(...found)
  }
  const leaning = leaningSentences(document, chains)
  for (const [index, sentence] of document.sentences.entries()) {
    const next = document.sentences[index + 1]
    if (!next || next.paragraph !== sentence.paragraph || sentence.kind !== 'prose' || next.kind !== 'prose') continue
    const found = pairsAcross(sentence, next, bySentence, allowed).map((pair): Pair => (leaning.has(next.index) ? pair : { ...pair, apart: true }))
    pairs.push(...found.filter(({ head, tail }) => !together.has(`${head} ${tail}`)))
  }
  const known = new Set(pairs.map(({ head, tail }) => `${head} ${tail}`))
  for (const [index, topics] of topicSentences(document)) {
    const found = pairsWithTopics(document.sentences[index]!, topics, bySentence, allowed)
    pairs.push(...found.filter(({ head, tail }) => !known.has(`${head} ${tail}`)))
  }
  return bound(pairs, chains, options.maxPairs)
}

/** Names of a topic sentence that a line below may speak of. */
const TOPICS = 3

/** What an elliptical line says of its topic: pairs whose other end stands above the line. */
function pairsWithTopics(sentence: Sentence, topics: readonly number[], bySentence: ReadonlyMap<number, readonly Place[]>, allowed: Allowed): Pair[] {
  const pairs = new Map<string, Pair>()
  const add = (head: Place, tail: Place): void => {
    const key = `${head.chain.index} ${tail.chain.index}`
    const relations = allowed(head.chain, tail.chain)
    if (relations.length > 0 && !pairs.has(key)) pairs.set(key, pairOf(head, tail, relations, sentence, sentence))
  }
  const inside = bySentence.get(sentence.index) ?? []
  for (const topic of topics) {
    const named = (bySentence.get(topic) ?? []).filter(({ chain, mention }) => chain.literal === undefined && mention.kind === 'name').slice(0, TOPICS)
    for (const above of named) {
      for (const here of inside) {
        if (here.chain === above.chain) continue
        add(above, here)
        add(here, above)
      }
    }
  }
  return [...pairs.values()]
}

/** "He" or "the company" that no name was found for would become an entity of that name. What people describe rather than name is another matter. */
function isReferring({ literal, mentions }: Chain): boolean {
  return literal !== undefined || mentions.some(({ kind, masterId, unnamed }) => kind === 'name' || masterId !== undefined || unnamed)
}

/** Characters before the first name of a sentence that has a subject of another kind: "Headquarters are in …". */
const SUBJECT = 20

/** Sentences that go on about the one before: with a pronoun or a noun phrase that no name was found for, or with no name at their head. */
function leaningSentences({ sentences }: Document, chains: readonly Chain[]): ReadonlySet<number> {
  const loose = new Set<number>()
  const firstName = new Map<number, number>()
  for (const { mentions } of chains) {
    const named = mentions.some(({ kind }) => kind === 'name')
    for (const { kind, sentence, start } of mentions) {
      if (kind === 'name') firstName.set(sentence, Math.min(start, firstName.get(sentence) ?? Infinity))
      else if (!named && kind !== 'literal') loose.add(sentence)
    }
  }
  return new Set(sentences.filter(({ index, start }) => loose.has(index) || (firstName.get(index) ?? Infinity) - start > SUBJECT).map(({ index }) => index))
}

function placesBySentence(chains: readonly Chain[]): Map<number, Place[]> {
  const places = new Map<number, Place[]>()
  for (const chain of chains) {
    chain.mentions.forEach((mention, position) => {
      const list = places.get(mention.sentence) ?? []
      list.push({ chain, mention, position })
      places.set(mention.sentence, list)
    })
  }
  return places
}

/** Names of relations between two chains by any of their candidate types; remembered, as a pair of chains meets often. */
function allowedRelations(chains: readonly Chain[], ontology: CompiledOntology): Allowed {
  const types = chains.map((chain) => candidateTypes(chain, ontology))
  const position = new Map(chains.map((chain, k) => [chain, k]))
  const known = new Map<string, readonly string[]>()
  return (head, tail) => {
    if (head === tail || head.literal) return []
    const [headTypes, tailTypes] = [types[position.get(head)!]!, types[position.get(tail)!]!]
    const key = `${headTypes.join()}>${tail.literal ? `=${tail.literal.kind}` : tailTypes.join()}`
    let names = known.get(key)
    if (!names) {
      const relations: readonly Relation[] = headTypes.flatMap((type) =>
        tail.literal ? ontology.literalRelations(type, tail.literal.kind) : tailTypes.flatMap((other) => ontology.relationsBetween(type, other)))
      names = [...new Set(relations.map(({ name }) => name))].sort()
      known.set(key, names)
    }
    return names
  }
}

function pairsWithin(sentence: Sentence, places: readonly Place[], allowed: Allowed, { maxPairsInSentence }: EnumerateOptions): Pair[] {
  const groups = new Map<string, { pair: Pair; distance: number }[]>()
  const row = relationsInRow(sentence, places, allowed)
  for (const head of places) {
    for (const tail of places) {
      if (head === tail || overlap(head.mention, tail.mention)) continue
      const relations = row(head, tail)
      if (relations.length === 0) continue
      const group = groups.get(`${head.chain.index} ${tail.chain.index}`) ?? []
      group.push({ pair: pairOf(head, tail, relations, sentence, sentence), distance: distance(head.mention, tail.mention) })
      groups.set(`${head.chain.index} ${tail.chain.index}`, group)
    }
  }
  return [...groups.values()].flatMap((group) => group.sort((a, b) => a.distance - b.distance || order(a.pair, b.pair)).slice(0, maxPairsInSentence).map(({ pair }) => pair))
}

/** The nearest mention pair of each two chains over a sentence boundary. */
function pairsAcross(first: Sentence, second: Sentence, bySentence: ReadonlyMap<number, readonly Place[]>, allowed: Allowed): Pair[] {
  const nearest = new Map<string, { pair: Pair; distance: number }>()
  const consider = (head: Place, tail: Place): void => {
    const relations = allowed(head.chain, tail.chain)
    if (relations.length === 0) return
    const key = `${head.chain.index} ${tail.chain.index}`
    const far = distance(head.mention, tail.mention)
    if (far >= (nearest.get(key)?.distance ?? Infinity)) return
    // The later sentence is quoted: it says the new thing about what the earlier one named.
    nearest.set(key, { pair: pairOf(head, tail, relations, first, second), distance: far })
  }
  for (const a of bySentence.get(first.index) ?? []) {
    for (const b of bySentence.get(second.index) ?? []) {
      consider(a, b)
      consider(b, a)
    }
  }
  return [...nearest.values()].map(({ pair }) => pair)
}

function pairOf(head: Place, tail: Place, relations: readonly string[], from: Sentence, to: Sentence): Pair {
  return {
    head: head.chain.index, tail: tail.chain.index, headMention: head.position, tailMention: tail.position,
    relations, window: { start: from.start, end: to.end }, sentence: to.index,
  }
}

/** A row speaks of what stands in its first cell; where that cannot have a relation, of what stands in another: `club ; hall ; seats`. */
function relationsInRow({ kind, cells }: Sentence, places: readonly Place[], allowed: Allowed): (head: Place, tail: Place) => readonly string[] {
  if (kind !== 'row' || !cells || cells.length < 2) return (head, tail) => allowed(head.chain, tail.chain)
  const cellOf = ({ mention }: Place): number => cells.findIndex(({ start, end }) => mention.start >= start && mention.end <= end)
  const cellAt = new Map(places.map((place) => [place, cellOf(place)]))
  const first = places.filter((place) => cellAt.get(place) === 0)
  return (head, tail) => {
    const [a, b] = [cellAt.get(head)!, cellAt.get(tail)!]
    const relations = allowed(head.chain, tail.chain)
    if (a === b || (a === 0) !== (b === 0)) return relations
    const ofFirst = new Set(first.flatMap(({ chain }) => [...allowed(chain, tail.chain), ...allowed(head.chain, chain)]))
    return first.length === 0 ? [] : relations.filter((relation) => !ofFirst.has(relation))
  }
}

function bound(pairs: Pair[], chains: readonly Chain[], maxPairs: number): Enumeration {
  const sorted = (list: Pair[]): Pair[] => list.sort(order)
  if (pairs.length <= maxPairs) return { pairs: sorted(pairs), dropped: 0 }
  const far = (pair: Pair): number => distance(chains[pair.head]!.mentions[pair.headMention]!, chains[pair.tail]!.mentions[pair.tailMention]!)
  const kept = pairs.sort((a, b) => far(a) - far(b) || order(a, b)).slice(0, maxPairs)
  return { pairs: sorted(kept), dropped: pairs.length - maxPairs }
}

function order(a: Pair, b: Pair): number {
  return a.window.start - b.window.start || a.window.end - b.window.end || a.head - b.head || a.tail - b.tail || a.headMention - b.headMention || a.tailMention - b.tailMention
}

function distance(a: Mention, b: Mention): number {
  return a.start < b.start ? b.start - a.end : a.start - b.end
}

function overlap(a: Mention, b: Mention): boolean {
  return a.start < b.end && b.start < a.end
}
