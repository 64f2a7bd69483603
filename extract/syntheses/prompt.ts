// A relation with its schema -> what a language model is asked; its answer -> drafts.
import type { CompiledOntology, Relation } from '../../ontology/index.ts'
import type { Draft } from './synthesis.ts'

export interface Message { readonly role: 'system' | 'user'; readonly content: string }

/** Each round asks for another manner: models repeat themselves otherwise. */
const MANNERS = [
  'sentences of news and reports, active and passive', 'lines of mails and minutes', 'ticket fields, table rows, bullet points and log lines', 'relative clauses, appositions and participles',
  'nouns instead of verbs (nominalisation, possessive)', 'two sentences, where one end is in the first and the other in the second', 'lists with several names, of which one pair is marked', 'terse notes and headlines',
]

/** The prompt of one round: explanation, schema, examples, and the form of the answer. */
export function promptFor(relation: Relation, ontology: CompiledOntology, rows: number, round: number): readonly Message[] {
  const describe = (names: readonly string[]) => names.map((name) => {
    const below = Object.keys(ontology.ontology.types).filter((type) => type !== name && ontology.isA(type, name)).sort()
    return `- ${name}: ${ontology.ontology.types[name]?.description || 'no description'}${below.length > 0 ? ` Kinds of it: ${below.join(', ')}.` : ''}`
  }).join('\n')
  const shown = (negative: boolean) => (negative ? relation.negatives : relation.examples).slice(0, 5)
    .map(({ text, head, tail }) => JSON.stringify({ text, head: text.slice(...head), tail: text.slice(...tail), negative })).join('\n')
  return [
    { role: 'system', content: 'You write training sentences for a program that finds facts in documents. Answer with a JSON array and nothing else. Each item: {"text": string, "head": string, "head_type": string, "tail": string, "tail_type": string, "negative": boolean}. "head" and "tail" are copied letter by letter from "text".' },
    {
      role: 'user',
      content: [
        `Relation ${relation.name} ("${relation.label}"${relation.aliases.length > 0 ? `; also said: ${relation.aliases.join(', ')}` : ''}).`,
        relation.description === '' ? `The head is ${relation.label} the tail.` : relation.description,
        `The head is one of:\n${describe(relation.domain)}`,
        relation.literal ? `The tail is a ${relation.literal}; "tail_type" is "${relation.literal}".` : `The tail is one of:\n${describe(relation.range)}`,
        relation.symmetric ? 'The ends may change places.' : 'Direction matters.',
        ...(relation.examples.length + relation.negatives.length > 0 ? [`Sentences of the user:\n${[shown(false), shown(true)].filter(Boolean).join('\n')}`] : []),
        `Write ${rows} items. Manner: ${MANNERS[round % MANNERS.length]}. Six of ten state the relation ("negative": false).`,
        'The others name both ends and do not state it ("negative": true): denied, planned, ended, rumoured, conditional, another relation, the ends exchanged, another\'s, or only named together.',
        'Invent names of many origins; use none of the names above.',
      ].join('\n'),
    },
  ]
}

/** Rows of an answer: a JSON array, an object that holds one, or JSON Lines, fenced or not; `broken` counts what was none. */
export function readAnswer(answer: string, relation: Relation): { readonly drafts: readonly Draft[]; readonly broken: number } {
  const body = /```(?:json\w*)?\s*([\s\S]*?)```/.exec(answer)?.[1] ?? answer
  const items = parsed(body) ?? parsed(body.slice(body.indexOf('['), body.lastIndexOf(']') + 1)) ?? body.split('\n').map((line) => line.trim().replace(/,$/, '')).filter((line) => line.startsWith('{')).map((line) => parsed(line)?.[0])
  const drafts = items.flatMap((item) => draftOf(item, relation) ?? [])
  return { drafts, broken: Math.max(items.length - drafts.length, items.length === 0 ? 1 : 0) }
}

function parsed(json: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(json)
    if (Array.isArray(value)) return value
    if (typeof value !== 'object' || value === null) return undefined
    const list = Object.values(value).find((part) => Array.isArray(part)) as readonly unknown[] | undefined
    return list ?? [value]
  } catch {
    return undefined
  }
}

function draftOf(item: unknown, relation: Relation): Draft | undefined {
  if (typeof item !== 'object' || item === null) return undefined
  const { text, head, tail, head_type: headType, tail_type: tailType, negative } = item as Readonly<Record<string, unknown>>
  if (typeof text !== 'string' || typeof head !== 'string' || typeof tail !== 'string' || (negative !== undefined && typeof negative !== 'boolean')) return undefined
  const type = (given: unknown) => (typeof given === 'string' && given !== '' ? { type: given } : {})
  return { relation: relation.name, text: text.trim(), head: { text: head, ...type(headType) }, tail: { text: tail, ...(relation.literal ? {} : type(tailType)) }, negative: negative ?? false, source: 'server' }
}
