// Names that stand for a longer one: `Sardis` for `Collegium Sardis`, where it is the college and not the town. Only the encoder can tell, mention by mention.
import { knownClass, type Mention } from '../mentions/index.ts'
import type { View } from '../views/index.ts'
import { nameWords } from './reading.ts'

/** A mention and the longer name before it that it shortens, by their position in the document's list. */
export interface ShortForm {
  readonly from: number
  readonly to: number
  /** In [0, 1]. */
  readonly score: number
}

export interface Shortened {
  /** Short forms are of the kind of what they stand for: `Brannoch` alone looks like a place. */
  readonly mentions: readonly Mention[]
  readonly forms: readonly ShortForm[]
}

/** Logit from which the encoder is believed; places that everybody knows stand for themselves more often. */
const GOES_ON = { other: 2, known: 4 }
/** Longer names that one short form is held against. */
const MOST = 8

/** Finds short forms; without a view there are none, and the passes go by coarse types. */
export function findShortForms(mentions: readonly Mention[], view: View): Shortened {
  const longer = new Map<string, number[]>()
  const forms: ShortForm[] = []
  mentions.forEach((mention, index) => {
    if (mention.kind !== 'name') return
    const words = nameWords(mention.text)
    const whole = best(mention, longer.get(words.join(' ')) ?? [], mentions, view)
    if (whole) forms.push({ from: index, to: whole.index, score: Math.round(100 / (1 + Math.exp(-whole.logit))) / 100 })
    for (let size = 1; size < words.length; size += 1) {
      // What only a number tells from its likes is another thing than what it is called after: `Quispe 118`.
      if (!words.slice(size).some((word) => /\d/u.test(word))) note(longer, words.slice(0, size).join(' '), index)
      note(longer, words.slice(size).join(' '), index)
    }
  })
  const adopted = new Map(forms.map(({ from, to }) => [from, mentions[to]!]))
  return { forms, mentions: mentions.map((mention, index) => { const whole = adopted.get(index); return whole ? like(mention, whole) : mention }) }
}

function best(mention: Mention, candidates: readonly number[], mentions: readonly Mention[], view: View): { readonly index: number; readonly logit: number } | undefined {
  const least = knownClass(mention.text) === undefined ? GOES_ON.other : GOES_ON.known
  const scored = candidates.slice(-MOST).flatMap((index) => {
    const whole = mentions[index]!
    // Who is called by a first or last name is found by the rules on people.
    if ((mention.coarse === 'PER' && whole.coarse === 'PER') || whole.end > mention.start) return []
    const logit = view.link(mention, whole)
    return logit === undefined || logit < least ? [] : [{ index, logit }]
  })
  return scored.sort((a, b) => b.logit - a.logit || b.index - a.index)[0]
}

function like(mention: Mention, { coarse, types, agreement }: Mention): Mention {
  const { coarse: _, ...rest } = mention
  return { ...rest, types, agreement, ...(coarse === undefined ? {} : { coarse }) }
}

function note(longer: Map<string, number[]>, key: string, index: number): void {
  const list = longer.get(key)
  if (list) list.push(index)
  else longer.set(key, [index])
}
