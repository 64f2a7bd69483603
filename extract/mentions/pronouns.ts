// Pronouns with what they ask of their antecedent.
import type { Agreement } from './mention.ts'
import type { Scan } from './scan.ts'

export interface PronounSpan {
  readonly sentence: number
  readonly from: number
  readonly agreement: Agreement
  /** A person is meant. */
  readonly person: boolean
}

const male: Agreement = { gender: 'male', number: 'singular', person: 3 }
const female: Agreement = { gender: 'female', number: 'singular', person: 3 }
const neuter: Agreement = { gender: 'neuter', number: 'singular', person: 3 }
const plural: Agreement = { number: 'plural', person: 3 }
const PRONOUNS: ReadonlyMap<string, Agreement> = new Map<string, Agreement>([
  ...['he', 'him', 'his', 'himself'].map(word => [word, male] as const),
  ...['she', 'her', 'hers', 'herself'].map(word => [word, female] as const),
  ...['it', 'its', 'itself'].map(word => [word, neuter] as const),
  ...['they', 'them', 'their', 'theirs', 'themselves'].map(word => [word, plural] as const),
  ...['i', 'me', 'my', 'mine', 'myself'].map(word => [word, { number: 'singular', person: 1 }] as const),
  ...['we', 'us', 'our', 'ours', 'ourselves'].map(word => [word, { number: 'plural', person: 1 }] as const),
  ...['you', 'your', 'yours', 'yourself'].map(word => [word, { person: 2 }] as const),
])
const RELATIVES: ReadonlyMap<string, Agreement> = new Map([
  ['who', {}], ['whom', {}], ['whose', {}], ['which', { gender: 'neuter' }], ['where', { gender: 'neuter' }],
])

/** Whether a text is a pronoun and nothing else. */
export function isPronoun(text: string): boolean {
  const word = text.toLowerCase()
  return PRONOUNS.has(word) || RELATIVES.has(word) || /^(?:this|that|these|those)$/u.test(word)
}

/** Pronouns of a sentence, in order; relative ones only where a noun stands before them. */
export function findPronouns(scan: Scan, sentence: number): PronounSpan[] {
  const units = scan.tokens[sentence]!
  return units.flatMap((token, from) => {
    const agreement = PRONOUNS.get(token.lower)
    if (agreement !== undefined && !(token.lower === 'us' && token.text === 'US') && !(token.text === 'IT')) {
      // `We` may be a body.
      const body = agreement.person === 1 && agreement.number === 'plural'
      return [{ sentence, from, agreement, person: agreement.gender === 'male' || agreement.gender === 'female' || (agreement.person !== 3 && !body) }]
    }
    const relative = RELATIVES.get(token.lower)
    return relative !== undefined && follows(scan, sentence, from) ? [{ sentence, from, agreement: relative, person: token.lower.startsWith('who') && token.lower !== 'whose' }] : []
  })
}

/** Relative, not asking: inside a sentence, after a word, a comma, or a preposition after these. */
function follows(scan: Scan, sentence: number, from: number): boolean {
  const units = scan.tokens[sentence]!
  let before = units[from - 1]
  if (before !== undefined && /^(?:of|in|for|with|by|to|from|at|on|under|through|whom)$/u.test(before.lower)) before = units[from - 2]
  return before !== undefined && (before.shape !== 'mark' || /^[,)"”]$/u.test(before.text)) && scan.document.sentences[sentence]!.kind !== 'heading'
}
