// One job: live progress while it runs, then what came of it, with the reason of every failure.
import { useEffect, useState } from 'preact/hooks'
import { Heading, Problem, Waiting, counted } from '../controls/index.ts'
import { explain, type Job } from '../server/index.ts'
import { useSession } from '../session/index.ts'
import { JobState } from './job-state.tsx'

export const isSettled = ({ state }: Job): boolean => state === 'done' || state === 'failed' || state === 'cancelled'

export function JobPage({ id }: { readonly id: string }) {
  const { job, problem, again } = useJob(id)
  return (
    <section class="stack">
      <Heading>Upload</Heading>
      {problem !== undefined && <Problem text={problem} onRetry={again} />}
      {job ? <Report job={job} onChange={again} /> : problem === undefined && <Waiting />}
    </section>
  )
}

/** The job as it is, then as its events tell; a broken stream is taken up again by asking. */
function useJob(id: string) {
  const { server, vocabulary, announce, renew } = useSession()
  const [job, setJob] = useState<Job>()
  const [problem, setProblem] = useState<string>()
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const control = new AbortController()
    const follow = async () => {
      let last = await server.job(id, control.signal)
      setJob(last)
      const seen = !isSettled(last)
      while (!isSettled(last) && !control.signal.aborted) {
        for await (const next of server.follow(id, control.signal)) {
          last = next
          setJob(next)
        }
        if (!isSettled(last)) await new Promise((resolve) => setTimeout(resolve, 1000))
      }
      if (control.signal.aborted) return
      if (seen) announce(`The upload is ${last.state}. ${progressWords(last)}`)
      // Also of a job that was over before anybody could look.
      if (vocabulary.types.length === 0 && last.progress.done > 0) renew()
    }
    setProblem(undefined)
    follow().catch((error: unknown) => control.signal.aborted || setProblem(explain(error)))
    return () => control.abort()
  }, [id, server, turn])
  return { job, problem, again: () => setTurn((before) => before + 1) }
}

const progressWords = ({ progress: { done, unchanged, failed } }: Job): string => `${counted(done, 'document')} done, ${unchanged} unchanged, ${failed} failed.`

function Report({ job, onChange }: { readonly job: Job; readonly onChange: () => void }) {
  const { server, href, announce } = useSession()
  const [problem, setProblem] = useState<string>()
  const ask = async (change: () => Promise<unknown>, words: string) => {
    try {
      await change()
      announce(words)
      onChange()
    } catch (error) {
      setProblem(explain(error))
    }
  }
  const { progress: { documents, done, unchanged, failed }, reason } = job
  const seen = done + unchanged + failed
  const expected = Math.max(job.files, documents) // a file may hold many documents: what is not read yet is not known
  return (
    <>
      <p class="row"><JobState state={job.state} /> <span class="muted">{counted(job.files, 'file')}, sent {new Date(job.created).toLocaleString()} by {job.by}, into “{job.collection}”</span></p>
      {!isSettled(job) && <label class="field"><span>{documents === 0 ? 'Waiting for the first document' : `${seen} of ${expected} documents so far`}</span><progress {...(documents === 0 ? {} : { value: seen, max: expected })} /></label>}
      {reason !== undefined && <Problem text={reason} />}
      {problem !== undefined && <Problem text={problem} />}
      <dl class="counts">
        {([['Read', documents], ['Done', done], ['Unchanged', unchanged], ['Failed', failed]] as const).map(([name, count]) => <div key={name}><dt>{name}</dt><dd>{count.toLocaleString('en')}</dd></div>)}
      </dl>
      <p class="row">
        {!isSettled(job) && <button type="button" onClick={() => void ask(() => server.cancel(job.id), 'Cancelled.')}>Cancel</button>}
        {(job.state === 'failed' || job.state === 'cancelled') && <button type="button" onClick={() => void ask(() => server.retry(job.id), 'Trying again.')}>Try again</button>}
        {job.state === 'done' && <a class="button" href={href('search')}>See the graph</a>}
        {job.state === 'done' && <a class="button" href={href('review')}>Review what is in doubt</a>}
        <a class="button" href={href('ingest')}>Add more</a>
      </p>
      <Failures job={job} />
    </>
  )
}

function Failures({ job: { failures, progress } }: { readonly job: Job }) {
  if (failures.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section class="scroll" tabIndex={0} aria-labelledby="failures">
      <h2 id="failures">Failed documents</h2>
      <table>
        <thead><tr><th scope="col">Document</th><th scope="col">Reason</th><th scope="col">Code</th></tr></thead>
        <tbody>{failures.map(({ uri, record, code, reason }) => <tr key={`${uri} ${record ?? ''}`}><th scope="row">{uri}{record === undefined ? '' : ` #${record}`}</th><td>{reason}</td><td><code>{code}</code></td></tr>)}</tbody>
      </table>
      {progress.failed > failures.length && <p class="muted">{progress.failed - failures.length} more are counted, and not listed.</p>}
    </section>
  )
}
