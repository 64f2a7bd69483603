// Entities as the API answers them.
import { z } from 'zod'

export const EntityRecord = z.object({
  id: z.string(), name: z.string(), type: z.string(), aliases: z.array(z.string()),
  masterId: z.string().optional().describe("The key in the user's own master data."),
  support: z.number().int().describe('Number of documents that mention it.'),
  documents: z.array(z.string()).optional().describe('Their ids, in the answer for one entity.'),
  mentions: z.number().int().describe('Number of mentions in all documents.'),
}).meta({ id: 'Entity' })

export const EntityEnd = z.object({ id: z.string(), name: z.string(), type: z.string() }).meta({ id: 'EntityEnd' })
