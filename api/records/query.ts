// What a Cypher statement gave.
import { z } from 'zod'

export const QueryRecord = z.object({
  columns: z.array(z.string()), rows: z.array(z.array(z.unknown())),
  truncated: z.boolean().describe('Whether the limits of rows or bytes cut it off.'),
}).meta({ id: 'QueryAnswer' })
