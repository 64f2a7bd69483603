// Prometheus: requests by route and status, and the process itself.
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export interface Metrics {
  request(of: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }): void
  readonly contentType: string
  text(): Promise<string>
}

/** A registry of its own, so that two servers in one process do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'graphloom_' })
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
    text: () => registry.metrics(),
  }
}
