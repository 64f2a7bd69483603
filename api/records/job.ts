// Ingest jobs as the API answers them.
import { z } from 'zod'

export const JobFailureRecord = z.object({ uri: z.string(), record: z.string().optional(), code: z.string(), reason: z.string() }).meta({ id: 'JobFailure' })

export const JobRecord = z.object({
  id: z.string(), collection: z.string(), state: z.enum(['waiting', 'active', 'done', 'failed', 'cancelled']),
  created: z.string().describe('ISO 8601.'), by: z.string().describe('Name of the key that asked.'), files: z.number().int(),
  progress: z.object({ documents: z.number().int(), done: z.number().int(), unchanged: z.number().int(), failed: z.number().int() }),
  failures: z.array(JobFailureRecord).describe('At most a thousand; `progress.failed` counts all.'),
  seconds: z.record(z.string(), z.number()).describe('By stage (`read`, `find`, `link`, `enumerate`, `score`, `decide`, `commit`, `settle`), summed over all who worked at it; `total` is what the job took so far. Empty before it begins.'),
  reason: z.string().optional().describe('Why the whole job failed.'),
}).meta({ id: 'Job' })

export const JobAnswer = z.object({ job: JobRecord }).meta({ id: 'JobAnswer' })
