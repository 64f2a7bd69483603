// Facts and their evidence as the API answers them: the shapes of the export (docs/export.md).
import { z } from 'zod'
import { EntityEnd } from './entity.ts'
import { PassageRecord } from './document.ts'

export const FACT_STATUSES = ['accepted', 'review', 'rejected'] as const

export const LiteralEnd = z.object({ literal: z.string(), value: z.string(), text: z.string() }).meta({ id: 'LiteralEnd' })

export const MentionSpan = z.object({ start: z.number().int(), end: z.number().int(), text: z.string() }).meta({ id: 'MentionSpan' })

export const EvidenceRecord = z.object({
  document: z.string(), uri: z.string(), record: z.string().optional(), page: z.number().int().optional(), section: z.string().optional(),
  sentence: z.number().int(), start: z.number().int(), end: z.number().int(), quote: z.string(), head: MentionSpan, tail: MentionSpan, score: z.number(),
}).meta({ id: 'Evidence' })

export const FactRecord = z.object({
  id: z.string(), head: EntityEnd, relation: z.string(), tail: z.union([EntityEnd, LiteralEnd]),
  score: z.number().min(0).max(1), status: z.enum(FACT_STATUSES), reason: z.string().optional().describe('Why it was rejected or awaits review.'),
  support: z.number().int().describe('Number of documents that state it.'),
  direction: z.enum(['out', 'in']).optional().describe('Which way an inverse or symmetric relation, or a neighbour, was read.'),
  evidence: z.array(EvidenceRecord).optional().describe('Only when `fields` names it.'),
  ontology: z.string(), model: z.string(),
  firstSeen: z.string().optional().describe('ISO 8601; not in exports.'), lastSeen: z.string().optional().describe('When it last changed, ISO 8601; not in exports.'),
}).meta({ id: 'Fact' })

export const EvidenceInContext = EvidenceRecord.extend({
  context: z.object({ before: z.string(), quote: z.string(), after: z.string() }),
  passage: PassageRecord.optional(),
}).meta({ id: 'EvidenceInContext' })

export const Neighbour = z.object({ entity: EntityEnd, fact: FactRecord }).meta({ id: 'Neighbour' })

export const Path = z.object({ entities: z.array(EntityEnd), facts: z.array(FactRecord) }).meta({ id: 'Path' })

export const Subgraph = z.object({ entities: z.array(EntityEnd), facts: z.array(FactRecord) }).meta({ id: 'Subgraph' })
