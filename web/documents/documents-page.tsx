// The documents of the collection.
import { Heading, ListEnd, usePages } from '../controls/index.ts'
import { useSession } from '../session/index.ts'

export function DocumentsPage() {
  const { server, href } = useSession()
  const pages = usePages(server.collection, (cursor, signal) => server.documents({ cursor, limit: 100 }, signal))
  return (
    <section class="stack">
      <Heading>Documents</Heading>
      <p class="row"><a class="button" href={href('ingest')}>Add documents</a> <a class="button" href={href('jobs')}>Uploads</a></p>
      <ul class="rows" aria-label="Documents">
        {pages.items.map(({ id, name, uri, record }) => <li key={id}><a href={href('document', id)}>{name}{record === undefined ? '' : ` #${record}`}</a> <span class="muted">{uri}</span></li>)}
      </ul>
      <ListEnd pages={pages}><p>No document has been read yet.</p></ListEnd>
    </section>
  )
}
