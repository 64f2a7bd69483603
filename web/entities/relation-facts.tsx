// The facts of one relation, each with its best quote and, on demand, all of them.
import { useId, useState } from 'preact/hooks'
import { counted, End, Problem, reasonWords, Score, StatusBadge, TypeBadge, useLoad, Waiting } from '../controls/index.ts'
import { Quote } from '../evidence/index.ts'
import { isLiteral } from '../server/index.ts'
import { useSession } from '../session/index.ts'
import type { FactGroup } from './group.ts'

export function RelationFacts({ group: { label, description, facts } }: { readonly group: FactGroup }) {
  const id = useId()
  return (
    <section class="panel" aria-labelledby={id}>
      <h3 id={id} title={description}>{label}</h3>
      <ul class="facts">{facts.map((item) => <li key={item.fact.id}><FactItem {...item} /></li>)}</ul>
    </section>
  )
}

function FactItem({ fact, other }: FactGroup['facts'][number]) {
  const [all, setAll] = useState(false)
  const best = fact.evidence?.toSorted((a, b) => b.score - a.score)[0]
  const rest = fact.evidence === undefined || fact.evidence.length > 1
  return (
    <article class="fact">
      <p class="row">
        <strong><End end={other} /></strong>
        {isLiteral(other) ? <span class="badge">{other.literal}</span> : <TypeBadge type={other.type} />}
        <StatusBadge status={fact.status} />
        <Score score={fact.score} />
        <span class="muted">{counted(fact.support, 'document')}</span>
      </p>
      {fact.reason !== undefined && <p class="muted">Because {reasonWords(fact.reason)}</p>}
      {all ? <AllQuotes fact={fact.id} /> : best && <Quote fact={fact.id} evidence={best} />}
      {rest && <button type="button" class="link" aria-expanded={all} onClick={() => setAll(!all)}>{all ? 'Only the best quote' : 'Every quote'}</button>}
    </article>
  )
}

function AllQuotes({ fact }: { readonly fact: string }) {
  const { server } = useSession()
  const { value, problem } = useLoad(fact, (signal) => server.evidence(fact, signal))
  if (problem !== undefined) return <Problem text={problem} />
  if (!value) return <Waiting what="Fetching the quotes" />
  return <>{value.map((evidence) => <Quote key={`${evidence.document} ${evidence.start} ${evidence.head.start} ${evidence.tail.start}`} fact={fact} evidence={evidence} />)}</>
}
