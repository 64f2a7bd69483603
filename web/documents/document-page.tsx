// One document: the passages that support facts, in their order.
import { useEffect, useState } from 'preact/hooks'
import { Dialog, Heading, ListEnd, Problem, Waiting, useLoad, usePages } from '../controls/index.ts'
import { type Document, explain, type Passage } from '../server/index.ts'
import { useSession } from '../session/index.ts'

/** `at`: where the passage to be shown begins or lies. */
export function DocumentPage({ id, at }: { readonly id: string; readonly at?: string }) {
  const { server } = useSession()
  const { value: document, problem, reload } = useLoad(`${server.collection}\n${id}`, (signal) => server.document(id, signal))
  if (problem !== undefined) return <section class="stack"><Heading>Document</Heading><Problem text={problem} onRetry={reload} /></section>
  if (!document) return <Waiting />
  return (
    <article class="stack">
      <Top document={document} />
      <Passages id={id} at={at === undefined ? undefined : Number(at)} />
    </article>
  )
}

function Top({ document }: { readonly document: Document }) {
  const [asking, setAsking] = useState(false)
  return (
    <header class="stack">
      <Heading>{document.name}{document.record === undefined ? '' : ` #${document.record}`}</Heading>
      <p class="muted">{document.uri}{document.seen !== undefined && `, read ${new Date(document.seen).toLocaleString()}`}</p>
      <p><button type="button" class="danger" onClick={() => setAsking(true)}>Retract …</button></p>
      {asking && <Retract document={document} onClose={() => setAsking(false)} />}
    </header>
  )
}

function Retract({ document, onClose }: { readonly document: Document; readonly onClose: () => void }) {
  const { server, href, announce } = useSession()
  const [problem, setProblem] = useState<string>()
  const retract = async () => {
    try {
      await server.retract(document.id)
      announce(`Retracted ${document.name}`)
      location.hash = href('documents')
    } catch (error) {
      setProblem(explain(error))
    }
  }
  return (
    <Dialog title={`Retract ${document.name}?`} onClose={onClose}>
      {problem !== undefined && <Problem text={problem} />}
      <p>Every fact that only this document states leaves the graph. Facts that others state as well stay.</p>
      <p class="row"><button type="button" class="danger" onClick={() => void retract()}>Retract</button> <button type="button" onClick={onClose}>Keep</button></p>
    </Dialog>
  )
}

function Passages({ id, at }: { readonly id: string; readonly at: number | undefined }) {
  const { server } = useSession()
  const pages = usePages(`${server.collection}\n${id}`, (cursor, signal) => server.passages(id, { cursor, limit: 500 }, signal))
  const holds = ({ start, end }: Passage) => at !== undefined && start <= at && at < end
  const found = pages.items.find(holds)?.id
  useEffect(() => { if (found !== undefined) globalThis.document.getElementById(found)?.scrollIntoView({ block: 'center' }) }, [found])
  return (
    <section class="stack" aria-labelledby="passages">
      <h2 id="passages">Passages that support facts</h2>
      <ol class="passages">
        {pages.items.toSorted((a, b) => a.start - b.start).map((passage) => (
          <li key={passage.id} id={passage.id} class={holds(passage) ? 'found' : undefined}>
            <p>{holds(passage) ? <mark class="quote">{passage.text}</mark> : passage.text}</p>
            <p class="muted">{[passage.page === undefined ? '' : `page ${passage.page}`, passage.section ?? ''].filter((part) => part !== '').join(', ')}</p>
          </li>
        ))}
      </ol>
      <ListEnd pages={pages}><p>No passage of this document supports a fact.</p></ListEnd>
    </section>
  )
}
