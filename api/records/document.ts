// Documents and passages as the API answers them.
import { z } from 'zod'

export const DocumentRecord = z.object({
  id: z.string(), uri: z.string(), record: z.string().optional().describe("The record's own id, where the source was JSON Lines or CSV."),
  name: z.string(), collection: z.string(), language: z.string(), sha256: z.string(),
  ontology: z.string(), model: z.string(), seen: z.string().optional().describe('When it was committed, ISO 8601.'),
}).meta({ id: 'Document' })

export const PassageRecord = z.object({
  id: z.string(), document: z.string(), text: z.string(), sentence: z.number().int(),
  start: z.number().int().describe('UTF-16 code units into the normalized document.'), end: z.number().int(),
  page: z.number().int().optional(), section: z.string().optional(),
}).meta({ id: 'Passage' })

export const Retracted = z.object({ retracted: z.array(z.string()).describe('Ids of the documents that were removed.') }).meta({ id: 'Retracted' })
