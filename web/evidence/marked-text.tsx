// A text with quote and mentions marked: by colour, by line, and in words for those who do not see them.
import { type MarkedRange, markText, type Piece } from './mark.ts'

const SPOKEN: Readonly<Record<string, string>> = { quote: 'quote: ', head: 'head: ', tail: 'tail: ' }

export function MarkedText({ text, ranges, offset = 0 }: { readonly text: string; readonly ranges: readonly MarkedRange[]; readonly offset?: number }) {
  return <>{markText(text, ranges, offset).map((piece, index) => <Marked key={index} piece={piece} />)}</>
}

function Marked({ piece: { text, marks, begins } }: { readonly piece: Piece }) {
  if (marks.length === 0) return <>{text}</>
  return <mark class={marks.join(' ')}>{begins.length > 0 && <span class="unseen">{begins.map((mark) => SPOKEN[mark]).join('')}</span>}{text}</mark>
}
