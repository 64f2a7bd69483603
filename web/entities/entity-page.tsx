// One entity: its names, its facts by relation with the words that support them, and what a reviewer can do with it.
import { useState } from 'preact/hooks'
import { Heading, ListEnd, Problem, TypeBadge, Waiting, counted, useLoad, usePages } from '../controls/index.ts'
import { EntityDecision, type EntityDecisionKind } from '../review/index.ts'
import type { Entity } from '../server/index.ts'
import { useSession } from '../session/index.ts'
import { RelationFacts } from './relation-facts.tsx'
import { groupFacts } from './group.ts'

export function EntityPage({ id }: { readonly id: string }) {
  const { server } = useSession()
  const { value: entity, problem, reload } = useLoad(`${server.collection}\n${id}`, (signal) => server.entity(id, signal))
  if (problem !== undefined) return <section class="stack"><Heading>Entity</Heading><Problem text={problem} onRetry={reload} /></section>
  if (!entity) return <Waiting />
  return (
    <article class="stack">
      <Top entity={entity} onChange={reload} />
      <Facts entity={entity} />
    </article>
  )
}

function Top({ entity, onChange }: { readonly entity: Entity; readonly onChange: () => void }) {
  const { href } = useSession()
  const [deciding, setDeciding] = useState<EntityDecisionKind>()
  return (
    <header class="stack">
      <Heading>{entity.name}</Heading>
      <p class="row">
        <TypeBadge type={entity.type} />
        <span class="muted">{counted(entity.mentions, 'mention')} in {counted(entity.support, 'document')}</span>
        {entity.masterId !== undefined && <span class="muted">master data <code>{entity.masterId}</code></span>}
      </p>
      {entity.aliases.length > 0 && <p><span class="muted">Also called</span> {entity.aliases.join(', ')}</p>}
      <p class="row">
        <a class="button" href={href('graph', undefined, { entity: entity.id })}>Show in the graph</a>
        <button type="button" onClick={() => setDeciding('merge')}>Merge …</button>
        <button type="button" onClick={() => setDeciding('split')}>Split …</button>
        <button type="button" onClick={() => setDeciding('retype')}>Change type …</button>
      </p>
      {deciding && <EntityDecision kind={deciding} entity={entity} onClose={() => setDeciding(undefined)} onDone={() => { setDeciding(undefined); onChange() }} />}
    </header>
  )
}

function Facts({ entity }: { readonly entity: Entity }) {
  const { server, vocabulary } = useSession()
  const pages = usePages(`${server.collection}\n${entity.id}`, (cursor, signal) =>
    server.factsOf(entity.id, { cursor, limit: 100 }, signal))
  return (
    <section class="stack" aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      {groupFacts(pages.items, entity.id, vocabulary).map((group) => <RelationFacts key={group.key} group={group} />)}
      <ListEnd pages={pages}><p>No fact about {entity.name} is known yet.</p></ListEnd>
    </section>
  )
}
