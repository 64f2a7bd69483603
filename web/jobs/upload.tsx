// Hands files to the server, and goes to the job that reads them.
import { useState } from 'preact/hooks'
import { Heading, Problem, counted } from '../controls/index.ts'
import { explain } from '../server/index.ts'
import { useSession } from '../session/index.ts'

export function Upload() {
  const { server, href } = useSession()
  const [files, setFiles] = useState<readonly File[]>([])
  const [sending, setSending] = useState(false)
  const [over, setOver] = useState(false)
  const [problem, setProblem] = useState<string>()
  const add = (list: FileList | null | undefined) => setFiles([...files, ...(list ?? [])])
  const send = async () => {
    setSending(true)
    setProblem(undefined)
    try {
      const job = await server.upload(files)
      location.hash = href('job', job.id)
    } catch (error) {
      setProblem(explain(error))
      setSending(false)
    }
  }
  return (
    <section class="stack">
      <Heading>Add documents</Heading>
      <p>Text, Markdown, HTML, PDF, DOCX, JSON Lines, CSV, and zip or tar.gz archives of these. They are read into the collection “{server.collection}”; a document that is there already and has changed is replaced.</p>
      {problem !== undefined && <Problem text={problem} />}
      <form class="stack" onSubmit={(event) => { event.preventDefault(); void send() }}>
        <label
          class={`drop ${over ? 'over' : ''}`}
          onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)}
          onDrop={(event) => { event.preventDefault(); setOver(false); add(event.dataTransfer?.files) }}
        >
          <span>Drop files here, or choose them</span>
          <input type="file" name="files" multiple disabled={sending} onChange={(event) => add(event.currentTarget.files)} />
        </label>
        {files.length > 0 && (
          <ul class="files" aria-label="Files to send">
            {files.map((file, index) => (
              <li key={index}>
                <span>{file.name}</span> <span class="muted">{sizeOf(file.size)}</span>
                <button type="button" class="link" disabled={sending} aria-label={`Leave out ${file.name}`} onClick={() => setFiles(files.toSpliced(index, 1))}>Leave out</button>
              </li>
            ))}
          </ul>
        )}
        <div><button type="submit" class="primary" disabled={files.length === 0 || sending}>{sending ? 'Sending …' : files.length === 0 ? 'Send' : `Send ${counted(files.length, 'file')}`}</button></div>
      </form>
      <p><a href={href('jobs')}>Earlier uploads and what came of them</a></p>
    </section>
  )
}

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
