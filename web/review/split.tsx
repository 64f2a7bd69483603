// Chooses the documents whose mentions are another entity of the same name.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Problem, useLoad, Waiting } from '../controls/index.ts'
import type { EntityEnd } from '../server/index.ts'
import { useSession } from '../session/index.ts'

export function SplitForm({ entity, onSplit }: { readonly entity: EntityEnd; readonly onSplit: (documents: readonly string[]) => void }) {
  const { server } = useSession()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const { value, problem } = useLoad(entity.id, async (signal) => {
    const { documents = [] } = await server.entity(entity.id, signal)
    return Promise.all(documents.slice(0, 100).map((id) => server.document(id, signal)))
  })
  const form = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => form.current?.querySelector('input')?.focus(), [value])
  if (problem !== undefined) return <Problem text={problem} />
  if (!value) return <Waiting what="Fetching its documents" />
  if (value.length < 2) return <p>Only one document mentions it: there is nothing to split.</p>
  const all = chosen.length === value.length
  return (
    <form ref={form} class="stack" onSubmit={(event) => { event.preventDefault(); if (chosen.length > 0 && !all) onSplit(chosen) }}>
      <fieldset>
        <legend>In which documents is it someone or something else?</legend>
        {value.map(({ id, name, uri, record }) => (
          <label key={id} class="check">
            <input type="checkbox" checked={chosen.includes(id)} onChange={(event) => setChosen(event.currentTarget.checked ? [...chosen, id] : chosen.filter((other) => other !== id))} />
            <span title={uri}>{name}{record === undefined ? '' : ` #${record}`}</span>
          </label>
        ))}
      </fieldset>
      {all && <p class="muted" role="status">One document at least must stay.</p>}
      <div><button type="submit" class="primary" disabled={chosen.length === 0 || all}>Split</button></div>
    </form>
  )
}
