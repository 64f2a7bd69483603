// Finds entities by name and type; the address holds what was asked, so that an answer can be sent to someone.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Heading, ListEnd, TypeBadge, counted, usePages } from '../controls/index.ts'
import type { Entity } from '../server/index.ts'
import { useSession } from '../session/index.ts'

const PAGE = 50

export function Search({ q = '', type = '' }: { readonly q?: string; readonly type?: string }) {
  const { server, vocabulary, href } = useSession()
  const [text, setText] = useState(q)
  const sent = useRef(q)
  // The address follows what is typed; only an address from elsewhere (a link, back) is put into the field, or letters typed meanwhile would be lost.
  useEffect(() => { if (q !== sent.current) setText(q); sent.current = q }, [q])
  useEffect(() => {
    if (text === q) return undefined
    const timer = setTimeout(() => {
      sent.current = text
      location.replace(href('search', undefined, { q: text, type }))
    }, 250)
    return () => clearTimeout(timer)
  }, [text, q, type])
  const pages = usePages(`${server.collection}\n${q}\n${type}`, (cursor, signal) => server.entities({ q, type, cursor, limit: PAGE }, signal))
  return (
    <section class="stack">
      <Heading>Search the graph</Heading>
      {/* biome-ignore lint/a11y/useSemanticElements: <search> is not known to all screen readers yet. */}
      <form role="search" class="search" onSubmit={(event) => event.preventDefault()}>
        <label class="field grow">
          <span>Name</span>
          <input type="search" name="q" value={text} placeholder="A person, company, place …" autocomplete="off" onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <label class="field">
          <span>Type</span>
          <select name="type" value={type} onChange={(event) => { location.hash = href('search', undefined, { q: text, type: event.currentTarget.value }) }}>
            <option value="">Every type</option>
            {vocabulary.types.map(({ name, depth }) => <option key={name} value={name}>{'\u2003'.repeat(depth)}{name}</option>)}
          </select>
        </label>
      </form>
      <p class="muted" role="status">{pages.loading ? 'Searching …' : `${counted(pages.items.length, 'entity', 'entities')}${pages.more ? ' and more' : ''}`}</p>
      <ul class="results" aria-label="Entities found">{pages.items.map((entity) => <li key={entity.id}><Found entity={entity} /></li>)}</ul>
      <ListEnd pages={pages}>
        {q === '' && type === ''
          ? <p>The graph is empty. <a href={href('ingest')}>Add documents</a> to fill it.</p>
          : <p>Nothing is called so. Try fewer letters, an alias, or every type.</p>}
      </ListEnd>
    </section>
  )
}

function Found({ entity: { id, name, type, aliases, support } }: { readonly entity: Entity }) {
  const { href } = useSession()
  return (
    <article class="card">
      <h2><a class="whole" href={href('entity', id)}>{name}</a></h2>
      <p><TypeBadge type={type} /> <span class="muted">{counted(support, 'document')}</span></p>
      {aliases.length > 0 && <p class="muted aliases">also {aliases.slice(0, 6).join(', ')}{aliases.length > 6 && ' …'}</p>}
    </article>
  )
}
