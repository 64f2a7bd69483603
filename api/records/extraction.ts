// What was found in one text, as the API answers it; nothing of it is written.
import { z } from 'zod'
import { LiteralEnd, MentionSpan } from './fact.ts'

const MentionRecord = z.object({
  start: z.number().int(), end: z.number().int(), text: z.string(), kind: z.string(), sentence: z.number().int(), types: z.array(z.string()),
}).meta({ id: 'Mention' })

const ChainRecord = z.object({
  name: z.string(), type: z.string().optional(), literal: z.object({ kind: z.string(), value: z.string() }).optional(), aliases: z.array(z.string()),
  mentions: z.array(z.number().int()).describe('Indexes of mentions.'),
}).meta({ id: 'Chain' })

const TripleEnd = z.union([z.object({ chain: z.number().int(), name: z.string(), type: z.string() }).meta({ id: 'ChainEnd' }), LiteralEnd])

const TripleRecord = z.object({
  head: TripleEnd, relation: z.string(), tail: TripleEnd, score: z.number(), status: z.enum(['accepted', 'review', 'rejected']), reason: z.string().optional(),
  evidence: z.array(z.object({ sentence: z.number().int(), start: z.number().int(), end: z.number().int(), quote: z.string(), head: MentionSpan, tail: MentionSpan, score: z.number() })),
}).meta({ id: 'Triple' })

export const ExtractionRecord = z.object({
  text: z.string().describe('As normalized: offsets count in it.'), language: z.string(), ontology: z.string(), model: z.string(),
  mentions: z.array(MentionRecord), chains: z.array(ChainRecord), triples: z.array(TripleRecord),
  rejected: z.record(z.string(), z.number().int()).describe('Pairs that became no fact, by reason.'),
}).meta({ id: 'Extraction' })
