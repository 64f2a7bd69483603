// Prometheus: requests by route and status, jobs by queue and state, and the process itself.
import { setTimeout as sleep } from 'node:timers/promises'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { QueueCounts } from '../../ingest/index.ts'

export interface Metrics {
  request(of: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }): void
  readonly contentType: string
  text(): Promise<string>
}

type Queues = Readonly<Record<string, () => Promise<QueueCounts>>>

/** A queue that takes longer to answer counts as away: who looks for trouble must not wait for it. */
const PATIENCE = 1000 // milliseconds

/** A registry of its own, so that two servers in one process do not mix. */
export function createMetrics(queues: Queues = {}): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'graphloom_' })
  const lookAtQueues = queueGauges(registry, queues)
  const seconds = new Histogram({
    name: 'graphloom_http_request_seconds', help: 'Time to answer, by route', labelNames: ['method', 'route', 'status'], registers: [registry],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  })
  const refused = new Counter({ name: 'graphloom_http_refused_total', help: 'Requests refused for their key, rate or size', labelNames: ['status'], registers: [registry] })
  return {
    request({ method, route, status, seconds: taken }) {
      seconds.observe({ method, route, status }, taken)
      if ([401, 403, 413, 429].includes(status)) refused.inc({ status })
    },
    contentType: registry.contentType,
    async text() {
      await lookAtQueues()
      return registry.metrics()
    },
  }
}

/** Gives what is to be asked before every answer: what cannot be had is left out, and `graphloom_queue_up` says so. */
function queueGauges(registry: Registry, queues: Queues): () => Promise<void> {
  if (Object.keys(queues).length === 0) return async () => {}
  const up = new Gauge({ name: 'graphloom_queue_up', help: 'Whether the queue answers', labelNames: ['queue'], registers: [registry] })
  const jobs = new Gauge({ name: 'graphloom_queue_jobs', help: 'Jobs that are not done, by queue and state', labelNames: ['queue', 'state'], registers: [registry] })
  return async () => {
    const counted = await Promise.all(Object.entries(queues).map(async ([queue, count]) => [queue, await Promise.race([count().catch(() => undefined), sleep(PATIENCE, undefined, { ref: false })])] as const))
    jobs.reset()
    for (const [queue, counts] of counted) {
      up.set({ queue }, counts === undefined ? 0 : 1)
      for (const [state, number] of Object.entries(counts ?? {})) jobs.set({ queue, state }, number)
    }
  }
}
