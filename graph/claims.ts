// Document and extraction -> claims: chains with the keys under which they are compared, evidence, and the sentences that carry it.
import type { Chain, Extraction, Mention } from '../extract/index.ts'
import type { Document } from '../ingest/index.ts'
import type { CompiledOntology } from '../ontology/index.ts'
import type { ChainClaim, DocumentClaims, EvidenceClaim, Passage, Traits } from './claim.ts'
import type { LiteralEnd } from './fact.ts'
import { acronyms, isAcronym, isPartial, normalForm } from './form.ts'
import { byCodeUnit, digest } from './identity.ts'

const CONTEXT_NAMES = 16

/** Everything that the graph keeps of one document; chains without type and unnamed chains without a triple are not kept. */
export function claimsOf(document: Document, extraction: Extraction, stamp: string, ontology: CompiledOntology): DocumentClaims {
  const used = new Set(extraction.triples.flatMap((triple) => [triple.head, triple.tail]))
  const chains = extraction.chains
    .filter((chain) => chain.type !== undefined && chain.literal === undefined && (used.has(chain.index) || isNamed(chain)))
    .map((chain) => chainClaim(chain, document, extraction.chains, ontology))
  const evidence = evidenceClaims(extraction, new Set(chains.map((chain) => chain.index)))
  const content = {
    id: document.id,
    collection: document.collection,
    uri: document.uri,
    ...(document.record === undefined ? {} : { record: document.record }),
    title: document.title,
    language: document.language,
    sha256: document.sha256,
    stamp,
    ontology: extraction.ontology,
    model: extraction.model,
    passages: passagesOf(document, evidence),
    chains,
    evidence,
  }
  return { ...content, hash: hashOf(content) }
}

/** Digest of all that a document claims. */
export function hashOf(content: Omit<DocumentClaims, 'hash'>): string {
  return digest(JSON.stringify(content))
}

function isNamed(chain: Chain): boolean {
  return chain.masterId !== undefined || chain.mentions.some((mention) => mention.kind === 'name')
}

function chainClaim(chain: Chain, document: Document, chains: readonly Chain[], ontology: CompiledOntology): ChainClaim {
  const type = chain.type ?? ''
  const traits = traitsOf(chain, type, document, chains, ontology)
  return {
    index: chain.index,
    name: chain.name,
    aliases: chain.aliases,
    type,
    ...(chain.masterId === undefined ? {} : { masterId: chain.masterId }),
    mentions: chain.mentions.length,
    keys: keysOf(chain, traits, document.id),
    traits,
  }
}

function traitsOf(chain: Chain, type: string, document: Document, chains: readonly Chain[], ontology: CompiledOntology): Traits {
  const family = familyOf(type, ontology)
  const person = isPerson(type, ontology)
  const form = normalForm(chain.name, person)
  const named = isNamed(chain)
  const surname = !form.includes(' ') && (person || chain.mentions.some((mention) => mention.coarse === 'PER'))
  const local = !named ? 'unnamed' : surname && chain.masterId === undefined ? 'surname' : undefined
  const qualifier = named ? qualifierOf(chain, person, document, chains) : undefined
  return {
    family,
    form,
    others: local === undefined ? aliasForms(chain, form, person) : [],
    acronym: isAcronym(chain.name, form),
    ...(local === undefined ? {} : { local }),
    ...(qualifier === undefined ? {} : { qualifier }),
    context: local === 'surname' ? contextOf(chain, chains) : [],
  }
}

/** Root of the type's ancestors; of several roots the first by name. */
export function familyOf(type: string, ontology: CompiledOntology): string {
  const types = ontology.ontology.types
  if (!Object.hasOwn(types, type)) return type
  const roots = ontology.ancestors(type).filter((ancestor) => (types[ancestor]?.parents.length ?? 0) === 0)
  return [...roots].sort(byCodeUnit)[0] ?? type
}

function isPerson(type: string, ontology: CompiledOntology): boolean {
  const types = ontology.ontology.types
  return Object.hasOwn(types, type) && ontology.ancestors(type).some((ancestor) => types[ancestor]?.ner.includes('PER') === true)
}

/** Only names link documents: a part of the own name ("Smith", "the Bank") is too little outside its document. */
function aliasForms(chain: Chain, form: string, person: boolean): readonly string[] {
  const names = new Set(chain.mentions.filter((mention) => mention.kind === 'name').map((mention) => mention.text))
  const forms = chain.aliases.filter((alias) => names.has(alias)).map((alias) => normalForm(alias, person))
  const kept = forms.filter((other) => other !== form && !isPartial(other, form) && !(person && !other.includes(' ')))
  return [...new Set(kept)].sort(byCodeUnit)
}

/** Blocks in which a chain is compared with others; sorted. */
export function keysOf(chain: { readonly index: number; readonly masterId?: string }, traits: Traits, document: string): readonly string[] {
  if (traits.local === 'unnamed') return [unnamedKey(document, chain.index)]
  const keys = [traits.form, ...traits.others].map((form) => nameKey(traits.family, form))
  if (chain.masterId !== undefined) keys.push(masterKey(traits.family, chain.masterId))
  if (traits.local === undefined) keys.push(...acronyms(traits.form).map((acronym) => acronymKey(traits.family, acronym)))
  return [...new Set(keys)].sort(byCodeUnit)
}

/** Block of all that is called `form`. */
export function nameKey(family: string, form: string): string {
  return `n:${digest(family, form)}`
}

/** Block of all that have a key of master data. */
export function masterKey(family: string, masterId: string): string {
  return `m:${digest(family, masterId)}`
}

/** Block of a thing without a name, which is compared with nothing. */
export function unnamedKey(document: string, index: number): string {
  return `l:${digest(document, String(index))}`
}

/** Block of all whose initials are `form`; the digest equals that of `nameKey`, so that one leads to the other. */
export function acronymKey(family: string, form: string): string {
  return `a:${digest(family, form)}`
}

/** Names that stand in one sentence with the chain. */
function contextOf(chain: Chain, chains: readonly Chain[]): readonly string[] {
  const sentences = new Set(chain.mentions.map((mention) => mention.sentence))
  const beside = chains.filter(
    (other) => other.index !== chain.index && other.literal === undefined && other.mentions.some((mention) => mention.kind === 'name' && sentences.has(mention.sentence)),
  )
  return [...new Set(beside.map((other) => normalForm(other.name)))].sort(byCodeUnit).slice(0, CONTEXT_NAMES)
}

/** "Springfield, Illinois": a name of its own right after a comma that no list continues; "(1820–1890)", "(born 1950)" after a person. */
function qualifierOf(chain: Chain, person: boolean, document: Document, chains: readonly Chain[]): string | undefined {
  const found = chain.mentions.filter((mention) => mention.kind === 'name').map((mention) => (person ? yearAfter(mention, document.text) : placeAfter(mention, document.text, chains)))
  const known = found.filter((qualifier) => qualifier !== undefined)
  return known.length === 0 ? undefined : mostFrequent(known)
}

function yearAfter(mention: Mention, text: string): string | undefined {
  const inside = /^\s?\(([^()]{0,80})\)/.exec(text.slice(mention.end, mention.end + 90))?.[1]
  if (inside === undefined || /^\s*\d{4}[a-z]?\s*$/.test(inside)) return undefined // "Smith (2009)" is a citation
  const born = /^(?:b\.|born\b)?.{0,40}?\b(\d{4})\b/.exec(inside.trim())?.[1]
  return born !== undefined && (/\bborn\b|^b\./.test(inside) || /\d\s?[-–—]/.test(inside)) ? `born ${born}` : undefined
}

function placeAfter(mention: Mention, text: string, chains: readonly Chain[]): string | undefined {
  if (mention.coarse !== 'LOC' || !/^, ?$/.test(text.slice(mention.end, mention.end + 2))) return undefined
  if (/,\s*$/.test(text.slice(Math.max(0, mention.start - 2), mention.start))) return undefined
  const from = mention.end + (text[mention.end + 1] === ' ' ? 2 : 1)
  for (const other of chains) {
    const next = other.mentions.find((candidate) => candidate.start === from && candidate.kind === 'name' && candidate.coarse === 'LOC')
    if (next === undefined) continue
    return /^,?\s*(?:and|or|&|und|et)\b|^,\s*\p{Lu}/u.test(text.slice(next.end, next.end + 12)) ? undefined : normalForm(next.text)
  }
  return undefined
}

/** Most frequent, then longest, then first by code unit. */
export function mostFrequent(values: readonly string[]): string {
  return mostCounted(values.map((value) => [value, 1]))
}

/** The same for values with counts, which may come several times. */
export function mostCounted(values: Iterable<readonly [value: string, count: number]>): string {
  const counts = new Map<string, number>()
  for (const [value, count] of values) counts.set(value, (counts.get(value) ?? 0) + count)
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || b.length - a.length || byCodeUnit(a, b))
  return sorted[0]?.[0] ?? ''
}

/** A value of each group that has one, with the number of its chains. */
export function counted<Group extends { readonly count: number }>(groups: readonly Group[], value: (group: Group) => string | undefined): readonly (readonly [string, number])[] {
  return groups.flatMap((group) => {
    const found = value(group)
    return found === undefined ? [] : [[found, group.count] as const]
  })
}

function evidenceClaims(extraction: Extraction, kept: ReadonlySet<number>): readonly EvidenceClaim[] {
  const claims: EvidenceClaim[] = []
  for (const triple of extraction.triples) {
    const literal = extraction.chains[triple.tail]?.literal
    if (triple.status === 'rejected' || !kept.has(triple.head) || (literal === undefined && !kept.has(triple.tail))) continue
    for (const place of triple.evidence) {
      const tail: number | LiteralEnd = literal === undefined ? triple.tail : { literal: literal.kind, value: literal.value, text: place.tail.text }
      claims.push({
        index: claims.length, head: triple.head, relation: triple.relation, tail, tripleScore: triple.score, tripleStatus: triple.status,
        sentence: place.sentence, start: place.start, end: place.end, quote: place.quote,
        headSpan: { start: place.head.start, end: place.head.end, text: place.head.text },
        tailSpan: { start: place.tail.start, end: place.tail.end, text: place.tail.text },
        score: place.score,
      })
    }
  }
  return claims
}

function passagesOf(document: Document, evidence: readonly EvidenceClaim[]): readonly Passage[] {
  const numbers = [...new Set(evidence.map((claim) => claim.sentence))].sort((a, b) => a - b)
  return numbers.map((number) => {
    const claim = evidence.find((candidate) => candidate.sentence === number)
    const sentence = document.sentences[number] ?? { start: claim?.start ?? 0, end: claim?.end ?? 0 }
    const page = document.pages.find((candidate) => candidate.start <= sentence.start && sentence.start < candidate.end)
    const sections = document.sections.filter((candidate) => candidate.start <= sentence.start && sentence.start < candidate.end)
    const section = sections.reduce<(typeof sections)[number] | undefined>((best, next) => (best === undefined || next.level >= best.level ? next : best), undefined)
    return {
      sentence: number,
      start: sentence.start,
      end: sentence.end,
      text: document.text.slice(sentence.start, sentence.end),
      ...(page === undefined ? {} : { page: page.number }),
      ...(section === undefined ? {} : { section: section.path.length > 0 ? section.path.join(' > ') : section.title }),
    }
  })
}
