// Every upload, the latest first.
import { Heading, ListEnd, usePages } from '../controls/index.ts'
import { useSession } from '../session/index.ts'
import { JobState } from './job-state.tsx'

export function JobsPage() {
  const { server, href } = useSession()
  const pages = usePages(server.collection, (cursor, signal) => server.jobs({ cursor, limit: 50 }, signal))
  return (
    <section class="stack">
      <Heading>Uploads</Heading>
      {pages.items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        <section class="scroll" tabIndex={0} aria-label="Uploads">
          <table>
            <thead><tr><th scope="col">Sent</th><th scope="col">State</th><th scope="col">Files</th><th scope="col">Done</th><th scope="col">Unchanged</th><th scope="col">Failed</th></tr></thead>
            <tbody>
              {pages.items.map(({ id, created, state, files, progress }) => (
                <tr key={id}>
                  <th scope="row"><a href={href('job', id)}>{new Date(created).toLocaleString()}</a></th>
                  <td><JobState state={state} /></td><td>{files}</td><td>{progress.done}</td><td>{progress.unchanged}</td><td>{progress.failed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <ListEnd pages={pages}><p>Nothing has been uploaded yet. <a href={href('ingest')}>Add documents</a></p></ListEnd>
    </section>
  )
}
