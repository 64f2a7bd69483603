// An example and two new names -> the same sentence about others; every other occurrence of the old names goes with them.
import type { RelationExample } from '../../ontology/index.ts'
import type { DraftEnd } from './synthesis.ts'

export interface Swapped { readonly text: string; readonly head: DraftEnd; readonly tail: DraftEnd }

/** Undefined where the names interlock, or where a part of an old name would be left behind. */
export function swapEnds({ text, head, tail }: RelationExample, newHead: string, newTail: string): Swapped | undefined {
  const [oldHead, oldTail] = [text.slice(...head), text.slice(...tail)]
  const found = [...occurrences(text, oldHead, 'head'), ...occurrences(text, oldTail, 'tail')].sort((a, b) => a.start - b.start)
  if (found.some(({ start }, index) => index > 0 && start < found[index - 1]!.end)) return undefined
  const rest = found.reduceRight((left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`, text)
  if ([[oldHead, newHead], [oldTail, newTail]].some(([old, name]) => old !== name && partsOf(old!).some((part) => rest.includes(part)))) return undefined
  let made = ''
  let from = 0
  const ends = new Map<string, DraftEnd>()
  for (const { start, end, of } of found) {
    const name = opening(made + text.slice(from, start), of === 'head' ? newHead : newTail)
    made = agreeing(made + text.slice(from, start), text.slice(start, end), name)
    const [first] = of === 'head' ? head : tail
    if (start === first) ends.set(of, { text: name, at: [made.length, made.length + name.length] })
    made += name
    from = end
  }
  const [madeHead, madeTail] = [ends.get('head'), ends.get('tail')]
  return madeHead && madeTail ? { text: made + text.slice(from), head: madeHead, tail: madeTail } : undefined
}

/** Where a name stands as a word of its own. */
export function occurrences<Of extends string>(text: string, name: string, of: Of): { readonly start: number; readonly end: number; readonly of: Of }[] {
  const found: { start: number; end: number; of: Of }[] = []
  for (let start = text.indexOf(name); name !== '' && start >= 0; start = text.indexOf(name, start + 1)) {
    const end = start + name.length
    const before = !/^[\p{L}\p{N}]/u.test(name) || !/[\p{L}\p{N}]$/u.test(text.slice(0, start))
    const after = !/[\p{L}\p{N}]$/u.test(name) || !/^[\p{L}\p{N}]/u.test(text.slice(end))
    if (before && after && (found.at(-1)?.end ?? 0) <= start) found.push({ start, end, of })
  }
  return found
}

/** "Lovelace" of "Ada Lovelace" may come again on its own. */
const partsOf = (name: string): string[] => name.split(/\s+/).filter((part) => /^\p{Lu}\p{L}{2,}/u.test(part))

/** "the University of Arran" opens a sentence with a capital. */
export function opening(before: string, name: string): string {
  return /^the /.test(name) && /(?:^|[.!?]\s)$/.test(before) ? `T${name.slice(1)}` : name
}

/** "an Acme" becomes "a Globex". */
function agreeing(before: string, old: string, name: string): string {
  const vowel = (word: string) => /^[aeio]/i.test(word)
  if (vowel(old) === vowel(name)) return before
  return vowel(name) ? before.replace(/\b([Aa]) $/, '$1n ') : before.replace(/\b([Aa])n $/, '$1 ')
}
