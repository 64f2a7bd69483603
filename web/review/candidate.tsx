// One fact that waits for a reviewer, and why the model thinks so.
import { counted, End, percent, Problem, reasonWords, TypeBadge, useLoad, Waiting } from '../controls/index.ts'
import { MarkedText, Quote, rangeOf } from '../evidence/index.ts'
import { type Fact, isLiteral, type Relation, type RelationExample } from '../server/index.ts'
import { useSession } from '../session/index.ts'
import { nearestExamples } from './nearest.ts'

export function Candidate({ fact, passages }: { readonly fact: Fact; readonly passages: boolean }) {
  const { vocabulary } = useSession()
  const relation = vocabulary.relation(fact.relation)
  return (
    <article class="candidate stack" aria-labelledby="candidate">
      <h2 id="candidate" class="statement">
        <span class="end head"><End end={fact.head} /> <TypeBadge type={fact.head.type} /></span>
        <span class="relation">{vocabulary.label(fact.relation)}</span>
        <span class="end tail"><End end={fact.tail} /> {isLiteral(fact.tail) ? <span class="badge">{fact.tail.literal}</span> : <TypeBadge type={fact.tail.type} />}</span>
      </h2>
      <Band fact={fact} relation={relation} />
      <section class="stack" aria-labelledby="words">
        <h3 id="words">The words</h3>
        <Quotes fact={fact} open={passages} />
      </section>
      {relation && <Meaning relation={relation} fact={fact} />}
    </article>
  )
}

function Band({ fact: { score, status, reason, support, model, ontology }, relation }: { readonly fact: Fact; readonly relation: Relation | undefined }) {
  return (
    <div class="band">
      <meter min={0} max={1} value={score} aria-label="Probability that the fact is true" />
      <p>
        <strong>{percent(score)}</strong> likely true, says {model}: {status === 'review' ? 'in the grey band of the policy, too doubtful to accept and too likely to drop' : status}
        {relation?.precision !== undefined && `; this relation is accepted at a precision of ${percent(relation.precision)}`}.
        {' '}Stated by {counted(support, 'document')}, under {ontology}.
      </p>
      {reason !== undefined && <p>It waits because of this: {reasonWords(reason)}.</p>}
    </div>
  )
}

function Quotes({ fact, open }: { readonly fact: Fact; readonly open: boolean }) {
  const { server } = useSession()
  const { value, problem, loading } = useLoad(fact.id, (signal) => server.evidence(fact.id, signal))
  if (problem !== undefined) return <Problem text={problem} />
  if (!value || loading) return <Waiting what="Fetching the quotes" />
  return <>{value.toSorted((a, b) => b.score - a.score).map((evidence) => <Quote key={`${fact.id} ${evidence.document} ${evidence.start} ${evidence.head.start} ${evidence.tail.start} ${open}`} fact={fact.id} evidence={evidence} open={open} />)}</>
}

function Meaning({ relation, fact }: { readonly relation: Relation; readonly fact: Fact }) {
  const quote = fact.evidence?.[0]?.quote ?? ''
  const examples = nearestExamples(relation.examples ?? [], quote, 2)
  const negatives = nearestExamples(relation.negatives ?? [], quote, 1)
  return (
    <section class="stack" aria-labelledby="meaning">
      <h3 id="meaning">What “{relation.label}” means</h3>
      <p>{relation.description || 'The ontology does not describe it.'}</p>
      {examples.length + negatives.length > 0 && (
        <ul class="examples">
          {examples.map((example) => <li key={example.text}><span class="badge status accepted">says so</span> <Example example={example} /></li>)}
          {negatives.map((example) => <li key={example.text}><span class="badge status rejected">does not</span> <Example example={example} /></li>)}
        </ul>
      )}
    </section>
  )
}

const Example = ({ example: { text, head, tail } }: { readonly example: RelationExample }) =>
  <MarkedText text={text} ranges={[rangeOf(head, 'head'), rangeOf(tail, 'tail')]} />
