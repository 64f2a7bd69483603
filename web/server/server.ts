// The one place of the page that talks to the API: its own client, under one key and in one collection.
import { openClient } from '../../api/client.ts'
import { isMissing } from './problem.ts'
import type { Job, NewDecision, Ontology } from './records.ts'

export interface ServerOptions {
  readonly key: string | undefined
  readonly collection: string
  /** Called when the server wants a key, or another one. */
  readonly onUnauthorized: () => void
}
/** Where a list goes on, and how far. */
export interface Paged {
  readonly cursor?: string | undefined
  readonly limit: number
}
type Signal = AbortSignal | undefined

export type Server = ReturnType<typeof connect>

const NO_ONTOLOGY: Ontology = { name: '', version: '', types: [], relations: [], disjoint: [] }
const FACT_FIELDS = 'id,head,relation,tail,score,status,reason,support,evidence,ontology,model'

/** Calls on one collection, with one key or none. */
export function connect({ key, collection, onUnauthorized }: ServerOptions) {
  const client = openClient({
    url: location.origin,
    ...(key === undefined ? {} : { key }),
    async fetch(...request) {
      const response = await fetch(...request)
      if (response.status === 401) onUnauthorized()
      return response
    },
  })
  const given = <Query extends object>(query: Query) => Object.fromEntries(Object.entries({ collection, ...query }).filter(([, value]) => value !== undefined && value !== '')) as { collection: string } & { [Name in keyof Query]?: Exclude<Query[Name], undefined> }
  const until = (signal: Signal) => (signal === undefined ? {} : { signal })
  return {
    collection,
    collections: async () => (await client.get('/v1/collections')).items,
    /** Empty for a collection that nothing was written to yet. */
    ontology: () => client.get('/v1/ontology', { query: { collection } }).catch((error: unknown) => { if (isMissing(error)) return NO_ONTOLOGY; throw error }),

    entities: (query: Paged & { readonly q?: string; readonly type?: string }, signal?: Signal) => client.get('/v1/entities', { query: given(query), ...until(signal) }),
    entity: (id: string, signal?: Signal) => client.get('/v1/entities/:id', { params: { id }, query: { collection }, ...until(signal) }),
    factsOf: (id: string, query: Paged, signal?: Signal) => client.get('/v1/entities/:id/facts', { params: { id }, query: { ...given(query), fields: FACT_FIELDS }, ...until(signal) }),
    inReview: (query: Paged, signal?: Signal) => client.get('/v1/facts', { query: { ...given(query), status: 'review', fields: FACT_FIELDS }, ...until(signal) }),
    evidence: async (fact: string, signal?: Signal) => (await client.get('/v1/facts/:id/evidence', { params: { id: fact }, query: { collection, context: 400, limit: 200 }, ...until(signal) })).items,
    subgraph: (entity: string, limit: number, signal?: Signal) => client.get('/v1/subgraph', { query: { collection, entity, depth: 1, limit }, ...until(signal) }),

    documents: (query: Paged, signal?: Signal) => client.get('/v1/documents', { query: given(query), ...until(signal) }),
    document: (id: string, signal?: Signal) => client.get('/v1/documents/:id', { params: { id }, query: { collection }, ...until(signal) }),
    passages: (id: string, query: Paged, signal?: Signal) => client.get('/v1/documents/:id/passages', { params: { id }, query: given(query), ...until(signal) }),
    retract: (id: string) => client.delete('/v1/documents/:id', { params: { id }, query: { collection } }),
    async upload(files: readonly File[]): Promise<Job> {
      const body = new FormData()
      for (const file of files) body.append('files', file, file.name)
      return (await client.post('/v1/documents', { query: { collection }, body })).job
    },

    jobs: ({ cursor, limit }: Paged, signal?: Signal) => client.get('/v1/jobs', { query: { limit, ...(cursor === undefined ? {} : { cursor }) }, ...until(signal) }),
    job: (id: string, signal?: Signal) => client.get('/v1/jobs/:id', { params: { id }, ...until(signal) }),
    cancel: (id: string) => client.delete('/v1/jobs/:id', { params: { id } }),
    retry: (id: string) => client.post('/v1/jobs/:id/retry', { params: { id } }),
    /** The job anew at each step, until it ends. */
    async *follow(id: string, signal: AbortSignal): AsyncGenerator<Job> {
      for await (const { data } of client.events('/v1/jobs/:id/events', { params: { id }, signal })) yield data
    },

    decisions: (query: Paged, signal?: Signal) => client.get('/v1/decisions', { query: given(query), ...until(signal) }),
    decide: (body: NewDecision) => client.post('/v1/decisions', { query: { collection }, body }),
    undo: (id: string) => client.delete('/v1/decisions/:id', { params: { id }, query: { collection } }),
  }
}
