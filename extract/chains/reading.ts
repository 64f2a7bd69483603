// One mention in its sentence -> normal form, head noun, grammatical role and the list it stands in; read from the text alone.
import type { Document } from '../../ingest/index.ts'
import { fold, LEGAL_FORMS, NAMING_TITLES, singular, type Mention } from '../mentions/index.ts'

export type Role = 'subject' | 'object' | 'oblique' | 'possessor'

export interface Reading {
  /** Compared form: folded, without article, possessive and legal form. */
  readonly key: string
  readonly words: readonly string[]
  /** Singular head noun of a noun phrase. */
  readonly head?: string
  readonly definite: boolean
  readonly role: Role
  /** Index of the neighbour in a list (`X and Y`), which is somebody else. */
  readonly listedWith?: number
}

const BEFORE = 48
const PREPOSITION = /\b(?:of|in|at|for|with|by|from|to|on|into|onto|over|under|about|against|between|among|through|during|without|after|before|near|behind|beside|upon|toward|towards|across|like|than)\s+(?:the\s+|a\s+|an\s+|\p{Lu}[\p{L}.]*\s+)?$/u
const CLAUSE_START = /(?:^|[.,;:—–(“"!?]\s*|\b(?:and|but|that|when|while|as|because|after|before|if|where|which|whom|then|although|though|since|until|so|or|whether|how|why|what)\s+)(?:(?:the|a|an|also|later|then|soon|now|both|even|only|still|former|(?:Mr|Mrs|Ms|Dr|Sir|President|General|Captain)\.?)\s+)?$/iu

/** Reads what the later passes ask of a mention. */
export function readMention(document: Document, mention: Mention, mentions: readonly Mention[], index: number): Reading {
  const sentence = document.sentences[mention.sentence]!
  const before = document.text.slice(Math.max(sentence.start, mention.start - BEFORE), mention.start)
  const start = mention.start - BEFORE <= sentence.start
  const after = document.text.slice(mention.end, mention.end + 24)
  const words = nameWords(mention.text)
  const head = mention.kind === 'nominal' ? singular(words.at(-1) ?? '') : undefined
  const listedWith = mention.kind === 'pronoun' || mention.kind === 'literal' ? undefined : listNeighbour(document, mention, mentions, index)
  return {
    key: words.join(' '), words, definite: /^(?:the|this|that|these|those)\b/iu.test(mention.text), role: roleOf(mention, before, start, after),
    ...(head === undefined ? {} : { head }), ...(listedWith === undefined ? {} : { listedWith }),
  }
}

/** Words of a name or phrase in compared form. */
export function nameWords(text: string): string[] {
  const words = fold(text).replace(/^(?:the|a|an|this|that|these|those)\s+/u, '').replace(/['’]s?$/u, '').replaceAll(/[,"“”()]/gu, ' ').split(/\s+/u).filter(word => word !== '')
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1)!) && words.at(-1) !== 'company' && words.at(-1) !== 'as') words.pop()
  return words
}

/** Words of a person's name without the titles that belong to it. */
export function personWords(words: readonly string[]): readonly string[] {
  let from = 0
  while (from < words.length - 1 && NAMING_TITLES.has(words[from]!)) from++
  let to = words.length
  while (to - from > 1 && /^(?:jr|sr|ii|iii|iv|v|vi|phd|md|mba|esq)$/u.test(words[to - 1]!)) to--
  return words.slice(from, to)
}

function roleOf(mention: Mention, before: string, start: boolean, after: string): Role {
  if (mention.kind === 'pronoun') {
    const form = mention.text.toLowerCase()
    if (/^(?:his|its|their|my|our|your|whose)$/u.test(form)) return 'possessor'
    if (form === 'her') return /^\s+(?!(?:and|or|to|in|at|on|for|with|by|from|as|that|when|while|after|before|but|because|into|the|a|an|out|up|down|off|away|back)\b)\p{L}/u.test(after) ? 'possessor' : 'object'
    if (/^(?:he|she|they|i|we|who)$/u.test(form)) return 'subject'
    if (form === 'it' || form === 'you' || form === 'which') return CLAUSE_START.test(start ? before : `x${before}`) || /^\s+(?:is|was|has|had|will|would|can|could|may|also|\p{L}+(?:ed|es))\b/u.test(after) ? 'subject' : 'object'
    return PREPOSITION.test(before) ? 'oblique' : 'object'
  }
  if (/^['’]s?\b|^['’]\s/u.test(after)) return 'possessor'
  if (PREPOSITION.test(before)) return 'oblique'
  return CLAUSE_START.test(start ? before : `x${before}`) ? 'subject' : 'object'
}

/** The mention before this one where only `and`, `or`, `&` or a comma of a list stands between them. */
function listNeighbour(document: Document, mention: Mention, mentions: readonly Mention[], index: number): number | undefined {
  for (let at = index - 1; at >= 0 && at > index - 4; at--) {
    const other = mentions[at]!
    if (other.end > mention.start || other.kind === 'literal' || other.kind === 'pronoun') continue
    const between = document.text.slice(other.end, mention.start)
    return /^,?\s+(?:and|or|&|as well as|together with|with|versus|vs\.?|against)\s+(?:the\s+)?$/u.test(between) ? at : undefined
  }
  return undefined
}

