// One place that supports a fact: the quote with both mentions, where it stands, and on demand the passage around it.
import { useId, useState } from 'preact/hooks'
import { percent, Problem, useLoad, Waiting } from '../controls/index.ts'
import type { Evidence } from '../server/index.ts'
import { useSession } from '../session/index.ts'
import type { MarkedRange } from './mark.ts'
import { MarkedText } from './marked-text.tsx'

const mentionsOf = ({ head, tail }: Evidence): readonly MarkedRange[] => [{ start: head.start, end: head.end, mark: 'head' }, { start: tail.start, end: tail.end, mark: 'tail' }]

export function Quote({ fact, evidence, open = false }: { readonly fact: string; readonly evidence: Evidence; readonly open?: boolean }) {
  const [shown, setShown] = useState(open)
  const id = useId()
  return (
    <figure class="quote">
      <blockquote><p><MarkedText text={evidence.quote} ranges={mentionsOf(evidence)} offset={evidence.start} /></p></blockquote>
      <figcaption>
        <Place evidence={evidence} />
        <span class="muted">score {percent(evidence.score)}</span>
        <button type="button" class="link" aria-expanded={shown} aria-controls={id} onClick={() => setShown(!shown)}>{shown ? 'Hide the passage' : 'In its passage'}</button>
      </figcaption>
      <div id={id} hidden={!shown}>{shown && <PassageOf fact={fact} evidence={evidence} />}</div>
    </figure>
  )
}

function Place({ evidence: { document, uri, record, page, section, start } }: { readonly evidence: Evidence }) {
  const { href } = useSession()
  const name = uri.split('/').at(-1) || uri
  return (
    <cite>
      <a href={href('document', document, { at: String(start) })} title={uri}>{name}{record === undefined ? '' : ` #${record}`}</a>
      {page !== undefined && <span>, page {page}</span>}
      {section !== undefined && section !== '' && <span>, section “{section}”</span>}
    </cite>
  )
}

/** The words around the quote, as far as the graph keeps them. */
function PassageOf({ fact, evidence }: { readonly fact: string; readonly evidence: Evidence }) {
  const { server } = useSession()
  const same = (other: Evidence) => other.document === evidence.document && other.start === evidence.start && other.head.start === evidence.head.start && other.tail.start === evidence.tail.start
  const { value, problem, loading } = useLoad(`${fact} ${evidence.document} ${evidence.start}`, async (signal) => (evidence.context ? evidence : (await server.evidence(fact, signal)).find(same)))
  if (problem !== undefined) return <Problem text={problem} />
  if (loading) return <Waiting what="Fetching the passage" />
  if (!value?.context) return <p class="muted">The passage is not kept any more.</p>
  const { before, quote, after } = value.context
  // Only inside the quote do places count: the words around it may lack sentences that were not kept.
  return <p class="passage">{before}<MarkedText text={quote} offset={value.start} ranges={[{ start: value.start, end: value.end, mark: 'quote' }, ...mentionsOf(value)]} />{after}</p>
}
