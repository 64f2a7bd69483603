// Every decision about the collection, with the way back.
import { useState } from 'preact/hooks'
import { Heading, ListEnd, Problem, usePages } from '../controls/index.ts'
import { type Decision, explain } from '../server/index.ts'
import { useSession } from '../session/index.ts'
import { decisionWords } from './words.ts'

export function DecisionsPage() {
  const { server, vocabulary, href, announce } = useSession()
  const [problem, setProblem] = useState<string>()
  const pages = usePages(server.collection, (cursor, signal) => server.decisions({ cursor, limit: 200 }, signal))
  const undo = async (decision: Decision) => {
    setProblem(undefined)
    try {
      await server.undo(decision.id)
      announce(`Undone: ${decisionWords(decision, vocabulary.label)}`)
      pages.reload()
    } catch (error) {
      setProblem(explain(error))
    }
  }
  return (
    <section class="stack">
      <Heading>Decisions</Heading>
      <p>They outlast every later ingest, and outrank the model. One that is undone stays listed. <a href={href('review')}>Back to the review</a></p>
      {problem !== undefined && <Problem text={problem} />}
      <ul class="rows" aria-label="Decisions">
        {pages.items.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).map((decision) => (
          <li key={decision.id}>
            <span class={decision.undone ? 'undone' : undefined}>{decisionWords(decision, vocabulary.label)}</span>
            <span class="muted"> by {decision.by}, {new Date(decision.at).toLocaleString()}{decision.undone && `; undone by ${decision.undone.by}`}</span>
            {!decision.undone && <button type="button" class="link" aria-label={`Undo: ${decisionWords(decision, vocabulary.label)}`} onClick={() => void undo(decision)}>Undo</button>}
          </li>
        ))}
      </ul>
      <ListEnd pages={pages}><p>Nothing has been decided yet.</p></ListEnd>
    </section>
  )
}
