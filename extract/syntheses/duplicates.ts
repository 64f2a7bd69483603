// Examples -> those that are new: not the user's own, not nearly the words of one before.
import type { RelationExample } from '../../ontology/index.ts'

/** Share of words (ends aside) above which two sentences count as one. */
const ALIKE = 0.85

/** A test that remembers what it let pass; `most` sentences may differ in their names alone, when both names differ. */
export function startFreshness(own: readonly RelationExample[], most: number): (example: RelationExample) => boolean {
  const seen = new Map<string, Kept[]>()
  const lists = (example: RelationExample): Kept[] => {
    const key = `${example.relation} ${example.negative}`
    const list = seen.get(key) ?? []
    seen.set(key, list)
    return list
  }
  for (const example of own) lists(example).push(keep(example))
  return (example) => {
    const list = lists(example)
    const made = keep(example)
    const alike = list.filter((other) => other.text === made.text || nearlyAlike(other.words, made.words))
    if (alike.length > most || alike.some(({ text, head, tail }) => text === made.text || head === made.head || tail === made.tail)) return false
    list.push(made)
    return true
  }
}

interface Kept { readonly text: string; readonly head: string; readonly tail: string; readonly words: ReadonlySet<string> }

function keep({ text, head, tail }: RelationExample): Kept {
  const [first, second] = [{ at: head, mark: '‹h›' }, { at: tail, mark: '‹t›' }].sort((a, b) => b.at[0] - a.at[0])
  const masked = [first!, second!].reduce((left, { at: [start, end], mark }) => left.slice(0, start) + mark + left.slice(end), text)
  return { text, head: text.slice(...head), tail: text.slice(...tail), words: new Set(masked.toLowerCase().match(/[\p{L}\p{N}]+|‹[ht]›/gu) ?? []) }
}

function nearlyAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const common = [...a].filter((word) => b.has(word)).length
  return common > ALIKE * (a.size + b.size - common)
}
