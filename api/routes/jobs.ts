// Ingest jobs: what they did so far, as a list, one by one, or as events while it happens.
import { z } from 'zod'
import { GraphloomError } from '../../errors.ts'
import { sees } from '../guard/index.ts'
import { type IngestJob, isSettled, type Jobs } from '../jobs.ts'
import { notFound } from '../problem.ts'
import { JobAnswer, JobRecord } from '../records/index.ts'
import { type Context, listOf, route } from '../route.ts'
import { SAMPLE } from './sample.ts'

const TAG = 'Jobs'
const EXAMPLE = { params: { id: SAMPLE.job } }

export const listJobs = route({
  method: 'get', path: '/v1/jobs', role: 'reader', tag: TAG, scope: 'none', paged: true,
  summary: 'Ingest jobs, the latest first',
  description: 'Of all collections that the key may see, or of one.',
  query: { collection: z.string().min(1).max(300).optional() },
  response: listOf(JobRecord),
  async run({ query: { collection } }, { key, page, services: { jobs } }) {
    if (jobs === undefined || (collection !== undefined && !sees(key, collection))) return { items: [] }
    const all = key.collections.includes('*') ? undefined : key.collections
    const found = await jobs.list(collection === undefined ? all : [collection], { ...page, limit: page.limit + 1 })
    const items = found.slice(0, page.limit)
    const last = items.at(-1)
    return { items, ...(found.length > items.length && last ? { next: last.id } : {}) }
  },
})

export const getJob = route({
  method: 'get', path: '/v1/jobs/:id', role: 'reader', tag: TAG, scope: 'none',
  summary: 'One job', response: JobRecord, example: EXAMPLE,
  run: async ({ params: { id } }, context) => (await visible(id, context)).job,
})

export const watchJob = route({
  method: 'get', path: '/v1/jobs/:id/events', role: 'reader', tag: TAG, scope: 'none', answer: 'events',
  summary: 'Follow a job',
  description: 'Server-Sent Events: `progress` now and after every change, `done` at the end, each with the job.',
  response: JobRecord, example: EXAMPLE,
  async *run({ params: { id } }, context) {
    const { jobs } = await visible(id, context)
    for await (const job of jobs.events(id, context.signal)) yield { event: isSettled(job) ? 'done' : 'progress', data: job }
  },
})

export const cancelJob = route({
  method: 'delete', path: '/v1/jobs/:id', role: 'writer', tag: TAG, scope: 'none',
  summary: 'Cancel a job',
  description: 'What is committed stays; a job that is over stays as it is.',
  response: JobAnswer, example: EXAMPLE,
  async run({ params: { id } }, context) {
    const { jobs } = await visible(id, context)
    const job = await jobs.cancel(id)
    if (job === undefined) throw notFound(`job ${id}`)
    return { job }
  },
})

export const retryJob = route({
  method: 'post', path: '/v1/jobs/:id/retry', role: 'writer', tag: TAG, scope: 'none', status: 202,
  summary: 'Do a failed or cancelled job again',
  description: 'Documents that were done already are found unchanged.',
  response: JobAnswer, example: EXAMPLE,
  async run({ params: { id } }, context) {
    const { jobs } = await visible(id, context)
    const job = await jobs.retry(id)
    if (job === undefined) throw new GraphloomError('api.conflict', `The files of job ${id} are gone: all of its documents were done. Upload them again.`)
    return { job }
  },
})

/** The job, where its collection is one that the key may see. */
async function visible(id: string, { key, services: { jobs } }: Context): Promise<{ readonly job: IngestJob; readonly jobs: Jobs }> {
  const job = await jobs?.get(id)
  if (jobs === undefined || job === undefined || !sees(key, job.collection)) throw notFound(`job ${id}`)
  return { job, jobs }
}
