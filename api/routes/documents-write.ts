// Documents in, documents out: uploads become jobs; deleting retracts exactly what only that document said.
import { join } from 'node:path'
import { z } from 'zod'
import { GraphloomError } from '../../errors.ts'
import { retract } from '../../graph/index.ts'
import { notFound } from '../problem.ts'
import { JobAnswer, Retracted } from '../records/index.ts'
import { route, type Upload } from '../route.ts'
import { type Services, writingOntology } from '../services.ts'
import { spool } from '../spool.ts'
import { SAMPLE } from './sample.ts'

const Given = z.strictObject({
  name: z.string().min(1).max(1000).describe("The document's URI; its ending says the format where the text does not."),
  text: z.string().min(1),
  id: z.string().min(1).max(500).optional().describe('Id of the record, where several documents share a name.'),
}).meta({ id: 'GivenDocument' })

type GivenDocument = Readonly<z.output<typeof Given>>

export const addDocuments = route({
  method: 'post', path: '/v1/documents', role: 'writer', tag: 'Documents', status: 202,
  summary: 'Upload documents',
  description: 'As JSON, or as multipart/form-data with one part a file (bulk, archives too). They are kept aside, and a job reads, extracts and writes them; a document of the same name in the collection is replaced.',
  body: z.strictObject({ documents: z.array(Given).min(1).max(10_000) }),
  multipart: true,
  response: JobAnswer,
  example: { body: { documents: [{ name: 'letter.txt', text: 'Grace Hopper joined Acme Corp in 1952.' }] } },
  async run({ body, files }, { collection, key, now, request, services }) {
    const { jobs, spool: root } = services
    if (jobs === undefined || root === undefined) throw new GraphloomError('api.off', 'This server only reads; start it with --ontology FILE to take documents.')
    const { folder, files: count } = await spool(join(root, request), files ?? uploadsOf(body.documents))
    return { job: await jobs.enqueue({ id: request, collection, folder, files: count, by: key.name, created: now }) }
  },
})

/** Documents with ids become records of one JSON Lines file for each name. */
function uploadsOf(documents: readonly GivenDocument[]): readonly Upload[] {
  const records = new Map<string, string[]>()
  const uploads: Upload[] = []
  for (const { name, text, id } of documents) {
    if (id === undefined) uploads.push({ name, bytes: bytesOf(text) })
    else records.set(name, [...(records.get(name) ?? []), JSON.stringify({ id, text })])
  }
  for (const [name, lines] of records) uploads.push({ name, bytes: bytesOf(`${lines.join('\n')}\n`) })
  return uploads
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

export const deleteDocument = route({
  method: 'delete', path: '/v1/documents/:id', role: 'writer', tag: 'Documents',
  summary: 'Retract a document',
  description: 'Removes the document and precisely what only it said.',
  response: Retracted,
  example: { params: { id: SAMPLE.document } },
  async run({ params: { id } }, { collection, now, services }) {
    const { retracted } = await retractAlone(services, collection, id, now)
    if (retracted.length === 0) throw notFound(`document ${id}`)
    return { retracted }
  },
})

async function retractAlone(services: Services, collection: string, id: string, now: string): Promise<{ readonly retracted: readonly string[] }> {
  const [version] = await services.store.versions(collection, [id])
  if (version?.id !== id) return { retracted: [] } // a URI is no id here
  const ontology = await writingOntology(services, collection)
  return retract(services.store, ontology, collection, [id], now)
}
