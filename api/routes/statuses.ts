// `status=accepted,review` as a query parameter.
import { z } from 'zod'
import { FACT_STATUSES } from '../records/index.ts'

/** Statuses, comma-separated; `otherwise` says what is taken when none is given. */
export function statuses(otherwise: string) {
  return z.string().optional().describe(`Statuses, comma-separated: any of ${FACT_STATUSES.join(', ')}; ${otherwise} by default.`)
    .transform((given) => given?.split(','))
    .pipe(z.array(z.enum(FACT_STATUSES)).min(1).optional())
}
