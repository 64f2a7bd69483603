// Probabilities of pieces -> names, which never leave their sentence nor break a word.
import type { CoarseType } from '../../ontology/index.ts'
import type { SeenName } from './view.ts'
import type { Piece, Window } from './windows.ts'

const NAMED: ReadonlySet<string> = new Set(['PER', 'ORG', 'LOC', 'MISC'])

/** What a word is to names: outside, the beginning of one, inside of one. */
const [OUTSIDE, BEGINS, GOES_ON] = [0, 1, 2]
/** Least probability that is told from none. */
const LEAST = 1e-6

/**
 * Names of a window; `tags` holds a row of probabilities for each piece: outside, then begin and inside of each coarse type. Where names begin and end is
 * settled first, whatever they are: by the likeliest course of outside, beginning and inside over the words of a sentence in which nothing is inside
 * without a beginning (Viterbi 1967). Then each is what its words together say.
 */
export function namesOf(window: Window, text: string, tags: readonly Float32Array[], coarse: readonly string[]): SeenName[] {
  const words = wordsOf(window, text)
  const course = likeliestCourse(words.map(({ from }) => rolesOf(tags[from]!)), words.map(({ from }) => window[from]!.sentence))
  return words.flatMap(({ from }, at) => {
    if (course[at] !== BEGINS) return []
    let last = at
    while (course[last + 1] === GOES_ON) last += 1
    const { to } = words[last]!
    const beliefs = coarse.map((_, type) => words.slice(at, last + 1).reduce((sum, word) => sum + logOf(ofType(tags[word.from]!, type)), 0))
    const type = coarse[beliefs.indexOf(Math.max(...beliefs))]!
    if (!NAMED.has(type)) return []
    const score = tags.slice(from, to).reduce((sum, row) => sum + coarse.reduce((all, name, c) => all + (NAMED.has(name) ? ofType(row, c) : 0), 0), 0) / (to - from)
    return [{ start: window[from]!.start, end: window[to - 1]!.end, sentence: window[from]!.sentence, coarse: type as CoarseType, score }]
  })
}

/** Pieces `from` to before `to` of each word: what a word begins as, its other pieces are. */
function wordsOf(window: Window, text: string): { readonly from: number; readonly to: number }[] {
  const starts = window.flatMap((piece, k) => (k > 0 && isOneWord(window[k - 1]!, piece, text) ? [] : [k]))
  return starts.map((from, at) => ({ from, to: starts[at + 1] ?? window.length }))
}

function ofType(row: Float32Array, type: number): number {
  return row[1 + 2 * type]! + row[2 + 2 * type]!
}

/** Probabilities of the three roles, of all types together. */
function rolesOf(row: Float32Array): readonly number[] {
  const roles = [row[0]!, 0, 0]
  for (let k = 1; k < row.length; k += 1) roles[k % 2 === 1 ? BEGINS : GOES_ON]! += row[k]!
  return roles
}

function logOf(probability: number): number {
  return Math.log(Math.max(LEAST, probability))
}

/** Role of each word; what is inside at the start of a sentence begins there. */
function likeliestCourse(roles: readonly (readonly number[])[], sentences: readonly number[]): number[] {
  let best = [0, 0, Number.NEGATIVE_INFINITY]
  const cameFrom = roles.map((row, at) => {
    const before = best.indexOf(Math.max(...best))
    const inside = best[GOES_ON]! > best[BEGINS]! ? GOES_ON : BEGINS
    const canGoOn = at > 0 && sentences[at] === sentences[at - 1]
    best = [best[before]! + logOf(row[OUTSIDE]!), best[before]! + logOf(row[BEGINS]! + (canGoOn ? 0 : row[GOES_ON]!)), canGoOn ? best[inside]! + logOf(row[GOES_ON]!) : Number.NEGATIVE_INFINITY]
    return [before, before, inside]
  })
  const course: number[] = []
  for (let at = roles.length - 1, role = best.indexOf(Math.max(...best)); at >= 0; at -= 1) {
    course[at] = role
    role = cameFrom[at]![role]!
  }
  return course
}

function isOneWord(a: Piece, b: Piece, text: string): boolean {
  return a.end === b.start && a.sentence === b.sentence && /^[\p{L}\p{M}\p{N}]{2}$/u.test(text.slice(a.end - 1, b.start + 1))
}
