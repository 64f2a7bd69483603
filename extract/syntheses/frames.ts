// Phrases of a relation -> templates that state it, and templates that name both ends without stating it. H and T stand for the ends.
import type { Relation } from '../../ontology/index.ts'
import type { Phrase } from './wording.ts'

export interface Frame {
  /** `‹H›` and `‹T›` stand for the ends, once each; `‹does›` for a remark. */
  readonly template: string
  readonly negative: boolean
}

/** What the sentences may assume of the ends. */
export interface FrameEnds {
  readonly headWord: string
  readonly headIsPerson: boolean
  readonly tailIsPerson: boolean
}

/** What may be said of anything and says nothing; stands for `‹does›` in statements and negatives alike. */
export const REMARKS = [
  'was mentioned twice', 'came up again', 'stands on the list', 'was discussed on Monday', 'appears on page 3', 'was left out of the index', 'stands in the annex', 'was added in May', 'needs another look', 'has been checked', 'will be dealt with later', 'was news to most of us',
] as const

/** Templates for a relation, statements before negatives. */
export function framesOf(relation: Relation, phrases: readonly Phrase[], ends: FrameEnds): readonly Frame[] {
  const clauses = [...phrases.flatMap(clausesOf), ...described(relation)]
  const stated = [...phrases.flatMap((phrase) => statedBy(phrase, ends, relation.literal !== undefined)), ...clauses.flatMap(within), ...recordsOf(relation, ends, phrases[0])]
  const negative = [...clauses.flatMap(denied), ...beside(relation), ...reversed(relation, clauses)]
  const frame = (isNegative: boolean) => (template: string): Frame => ({ template, negative: isNegative })
  return [...[...new Set(stated)].map(frame(false)), ...[...new Set(negative)].map(frame(true))]
}

/** A clause without a full stop that starts with an end. */
function clausesOf({ shape, words, auxiliary, reversed: turned }: Phrase): string[] {
  const plain = { verb: `‹H› ${words} ‹T›`, state: `‹H› ${auxiliary} ${words} ‹T›`, kind: `‹H› is the ${words} ‹T›`, role: `‹T› is the ${words} of ‹H›` }[shape]
  return [turned ? turn(plain) : plain]
}

function statedBy({ shape, words, auxiliary, reversed: turned }: Phrase, ends: FrameEnds, literal: boolean): string[] {
  const who = (turned ? ends.tailIsPerson : ends.headIsPerson) ? 'who' : 'which'
  const noun = words.replace(/ of$/, '')
  const templates = {
    verb: [`‹H›, ${who} ${words} ‹T›, ‹does›.`, `The one ${who === 'who' ? 'who' : 'that'} ${words} ‹T› is ‹H›.`, `There is more to say. ‹H› ${words} ‹T›, for example.`],
    state: [`‹H›, ${words} ‹T›, ‹does›.`, `${capital(words)} ‹T›, ‹H› ‹does›.`, `‹H› (${words} ‹T›) ‹does›.`, `The file names ‹H›, ${who} ${auxiliary} ${words} ‹T›.`],
    kind: [`‹H›, ${words} ‹T›, ‹does›.`, `The ${words} ‹T› is ‹H›.`, `‹T›'s ${noun} is ‹H›.`, `As ${words} ‹T›, ‹H› ‹does›.`],
    role: [`The ${words} of ‹H› is ‹T›.`, `‹H›'s ${words} is ‹T›.`, `‹H›, whose ${words} is ‹T›, ‹does›.`, `‹H› (${words}: ‹T›) ‹does›.`, ...(literal ? [] : [`‹T›, ${words} of ‹H›, ‹does›.`, `As ${words} of ‹H›, ‹T› ‹does›.`])],
  }[shape]
  return turned ? templates.map(turn) : templates
}

/** "The head works for the tail." is a sentence once the ends stand in it. */
function described({ description }: Relation): string[] {
  const sentence = /^The head (?!of\b)([^.;]*?)\bthe tail\b([^.;]*)[.;]?/u.exec(description)
  if (!sentence || /\b(?:head|tail)\b/.test(`${sentence[1]}${sentence[2]}`) || !/^(?:,? (?:as|in|on|at|for|with|by)\b.*)?$/u.test(sentence[2]!) || /^is an? |^,/.test(sentence[1]!)) return []
  return [`‹H› ${sentence[1]}‹T›${sentence[2]}`]
}

const within = (clause: string): string[] => [
  `${clause}.`, `According to the minutes, ${clause}.`, `Note: ${clause}.`, `${clause}, the report says.`, `It was a quiet week. ${clause}.`, `${clause}. Please update the file.`, `We can confirm that ${clause}.`, `- ${clause}`,
]

const recordsOf = ({ label }: Relation, { headWord }: FrameEnds, first: Phrase | undefined): string[] => [
  `${capital(headWord)}: ‹H› | ${label}: ‹T›`, `| ‹H› | ${label} | ‹T› |`, `- ‹H› – ${label}: ‹T›`, ...(first?.shape === 'role' && first.words === label && !first.reversed ? [`${capital(label)} (‹H›): ‹T›`] : []),
]

const denied = (clause: string): string[] => [
  `It is not true that ${clause}.`, `There is no sign that ${clause}.`, `The claim that ${clause} was withdrawn.`, `Nobody could say whether ${clause}.`, `The rumour that ${clause} is false.`, `If ${clause}, the file must be changed.`, `Somebody asked whether ${clause}.`,
]

/** Both named, nothing said. */
function beside({ literal }: Relation): string[] {
  if (literal === 'date') return ['The report on ‹H› was printed on ‹T›.', 'On ‹T› nobody spoke of ‹H›.', 'The meeting of ‹T› had ‹H› on its list.', 'The next call about ‹H› is on ‹T›.']
  if (literal === 'url') return ['The page ‹T› does not mention ‹H›.', 'Ask ‹H› before you read ‹T›.', 'A mail about ‹H› came with a link to ‹T›.']
  if (literal !== undefined) return ['The article on ‹H› stands next to one about ‹T›.', 'Nobody asked ‹H› about ‹T›.', 'The note on ‹H› ends with ‹T›, a slip of the pen.', 'On the page of ‹H› somebody had crossed out ‹T›.']
  return [
    'The report names ‹H› and ‹T›.', 'The list has entries for ‹H› and for ‹T›.', '‹H› has nothing to do with ‹T›.', 'See also: ‹H›; ‹T›', 'Page 4 is about ‹H›, page 9 about ‹T›.', 'First they spoke of ‹H›, and after lunch of ‹T›.',
    '‹H› ‹does›. ‹T› ‹does›.', 'According to the minutes, ‹H› ‹does›; of ‹T› they say nothing.', 'Note: ‹H› ‹does›; ask ‹T›.', '- ‹H›\n- ‹T›', '‹T› ‹does›, the report says. Please call ‹H›.', '| ‹H› | see also | ‹T› |',
  ]
}

/** Where both ends are of the same types, only the direction tells. */
function reversed({ domain, range, symmetric, literal }: Relation, clauses: readonly string[]): string[] {
  if (symmetric || literal !== undefined || !domain.some((type) => range.includes(type))) return []
  return clauses.flatMap((clause) => within(turn(clause)))
}

const turn = (template: string): string => template.replace(/‹([HT])›/g, (_, end: string) => (end === 'H' ? '‹T›' : '‹H›'))
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
