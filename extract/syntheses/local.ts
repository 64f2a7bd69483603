// A relation of the user's ontology -> drafts without any model: own examples with other names, and clauses made of its own words.
import type { CompiledOntology, Relation, RelationExample } from '../../ontology/index.ts'
import { firstName, fold } from '../mentions/index.ts'
import { type Choose, shuffled } from './chance.ts'
import { type Frame, framesOf, REMARKS } from './frames.ts'
import { isName, type NamesByType } from './names.ts'
import { opening, swapEnds } from './swap.ts'
import type { Draft } from './synthesis.ts'
import { literalValue } from './values.ts'
import { phrasesOf } from './wording.ts'

/** Drafts in a fixed order; examples with other names and frames take turns. */
export function localDrafts(relation: Relation, ontology: CompiledOntology, names: NamesByType, choose: Choose, rounds: number): readonly Draft[] {
  const person = (types: readonly string[]) => types.some((type) => ontology.ancestors(type).some((above) => ontology.ontology.types[above]!.ner.includes('PER')))
  const frames = framesOf(relation, phrasesOf(relation, ontology), { headWord: wordsOf(relation.domain[0]!), headIsPerson: person(relation.domain), tailIsPerson: person(relation.range) })
  const turns = [...Array(rounds).keys()].map((round) => {
    const swapped = shuffled([...relation.examples, ...relation.negatives], choose, relation.name, 'examples', round).flatMap((example, index) => swap(example, relation, names, choose, `${relation.name}/${round}/${index}`))
    const framed = shuffled(frames, choose, relation.name, 'frames', round).flatMap((frame, index) => fill(frame, relation, names, choose, `${relation.name}/${round}/${index}`))
    return alternate(swapped, framed)
  })
  return turns.flat()
}

function swap(example: RelationExample, relation: Relation, names: NamesByType, choose: Choose, key: string): Draft[] {
  const [oldHead, oldTail] = [example.text.slice(...example.head), example.text.slice(...example.tail)]
  const head = nameLike(oldHead, example.text, relation.domain, names, choose, `${key}/head`, [oldTail])
  const tail = relation.literal
    ? literalValue(relation.literal, example.text.slice(0, example.tail[0]), choose, `${key}/tail`, oldTail)
    : nameLike(oldTail, example.text, relation.range, names, choose, `${key}/tail`, [head, oldHead])
  const swapped = swapEnds(example, head, tail)
  return swapped ? [{ relation: relation.name, ...swapped, negative: example.negative, source: 'example' }] : []
}

/** A name of the same type, and of the same gender where a pronoun would give it away; the old text where it is no name. */
function nameLike(old: string, text: string, allowed: readonly string[], names: NamesByType, choose: Choose, key: string, taken: readonly string[]): string {
  if (!isName(old)) return old
  const own = names.typesOf(old)
  const pool = names.namesFor(own.length > 0 ? own : allowed).filter((name) => name !== old && !taken.some((other) => other.includes(name) || name.includes(other)))
  const gender = /\b(?:he|she|his|her|him|hers|himself|herself)\b/i.test(text) ? genderOf(old) : undefined
  const fitting = gender === undefined ? pool : pool.filter((name) => genderOf(name) === gender)
  return fitting.length > 0 ? choose(fitting, key) : pool.length > 0 ? choose(pool, key) : old
}

function genderOf(name: string): string | undefined {
  return firstName(fold(name.split(/\s+/)[0] ?? ''))
}

function fill({ template: pattern, negative }: Frame, relation: Relation, names: NamesByType, choose: Choose, key: string): Draft[] {
  let remarks = 0
  const template = pattern.replace(/‹does›/g, () => choose(REMARKS, key, 'remark', remarks++))
  const heads = names.namesFor(relation.domain)
  if (heads.length === 0) return []
  const head = choose(heads, key, 'head')
  const before = template.slice(0, template.indexOf('‹T›')).replace('‹H›', head)
  const like = relation.examples[0] ? relation.examples[0].text.slice(...relation.examples[0].tail) : undefined
  const tails = relation.literal ? [literalValue(relation.literal, before, choose, `${key}/tail`, like)] : names.namesFor(relation.range).filter((name) => !name.includes(head) && !head.includes(name))
  if (tails.length === 0) return []
  return [placed(template, relation.name, negative, head, choose(tails, key, 'tail'))]
}

function placed(template: string, relation: string, negative: boolean, head: string, tail: string): Draft {
  let text = ''
  const ends = { H: { text: head, at: [0, 0] as readonly [number, number] }, T: { text: tail, at: [0, 0] as readonly [number, number] } }
  for (const part of template.split(/(‹[HT]›)/)) {
    const end = part === '‹H›' ? 'H' : part === '‹T›' ? 'T' : undefined
    const words = end === undefined ? part : opening(text, ends[end].text)
    if (end !== undefined) ends[end] = { text: words, at: [text.length, text.length + words.length] }
    text += words
  }
  return { relation, text, head: ends.H, tail: ends.T, negative, source: 'frame' }
}

function alternate<Item>(a: readonly Item[], b: readonly Item[]): Item[] {
  return [...Array(Math.max(a.length, b.length)).keys()].flatMap((index) => [...a.slice(index, index + 1), ...b.slice(index, index + 1)])
}

const wordsOf = (type: string): string => type.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/_+/g, ' ').toLowerCase()
