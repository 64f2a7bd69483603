// Evidence -> the words around its quote. Only sentences that are evidence are kept, so a gap in the text is shown as one.
import { type Passage, passageId } from '../claim.ts'
import type { PassageText } from '../reader.ts'

/** Stands for sentences that were not kept. */
const GAP = ' … '

export interface Context {
  readonly before: string
  readonly quote: string
  readonly after: string
}

/** At most `size` characters of kept sentences on each side of the range; `passages` are in the order of the document. */
export function contextOf(quote: { readonly start: number; readonly end: number; readonly quote: string }, passages: readonly Passage[], size: number): Context {
  let [before, after] = ['', '']
  let [left, right] = [quote.start, quote.end]
  for (const passage of [...passages].reverse()) {
    if (passage.start >= left || before.length >= size) continue
    before = passage.text.slice(0, left - passage.start) + between(passage.end, left) + before
    left = passage.start
  }
  for (const passage of passages) {
    if (passage.end <= right || after.length >= size) continue
    after += between(right, passage.start) + passage.text.slice(Math.max(0, right - passage.start))
    right = passage.end
  }
  return { before: size === 0 ? '' : whole(before.slice(-size), 'start'), quote: quote.quote, after: whole(after.slice(0, size), 'end') }
}

/** What separates two kept sentences: little was lost where only blanks can have stood between them. */
function between(end: number, start: number): string {
  return start <= end ? '' : start - end <= 2 ? ' ' : GAP
}

/** Without half a character at the cut. */
function whole(text: string, side: 'start' | 'end'): string {
  return side === 'start' ? text.replace(/^[\uDC00-\uDFFF]/u, '') : text.replace(/[\uD800-\uDBFF]$/u, '')
}

/** A passage as an answer. */
export function passageText(document: `doc:${string}`, { sentence, start, end, text, page, section }: Passage): PassageText {
  return { id: passageId(document, sentence), document, text, sentence, start, end, ...(page === undefined ? {} : { page }), ...(section === undefined ? {} : { section }) }
}
