// Decisions of people, as they ask for them and as they are kept.
import { z } from 'zod'
import { LiteralEnd } from './fact.ts'

const id = () => z.string().min(1).max(300)
const note = () => z.string().max(2000).optional().describe('Why, for the record.')

/** A decision as people ask for it, by ids of the graph as it stands; the server adds who and when. */
export const NewDecision = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['accept', 'reject']), fact: id(), note: note() }),
  z.strictObject({ kind: z.literal('correct'), fact: id(), relation: id().describe('What the documents state instead.'), turned: z.boolean().optional().describe('Head and tail change places.'), note: note() }),
  z.strictObject({ kind: z.literal('merge'), entity: id(), other: id(), note: note() }),
  z.strictObject({ kind: z.literal('split'), entity: id(), other: id().optional(), documents: z.array(id()).min(1).max(1000).optional().describe('Mentions in these are another entity.'), note: note() }),
  z.strictObject({ kind: z.literal('retype'), entity: id(), type: id(), note: note() }),
]).meta({ id: 'NewDecision' })

const EntityReference = z.object({
  name: z.string(), family: z.string(), form: z.string(), type: z.string(), masterId: z.string().optional(), qualifier: z.string().optional(),
  documents: z.array(z.string()).optional().describe('The mentions in these documents only.'), index: z.number().int().optional(),
}).meta({ id: 'EntityReference', description: 'An entity by what survives another reading of its documents.' })

const Who = z.object({ by: z.string().describe('Name of the key.'), at: z.string().describe('ISO 8601.') })

const decided = {
  id: z.string(), collection: z.string(), by: z.string().describe('Name of the key.'), at: z.string().describe('ISO 8601.'), note: z.string().optional(), undone: Who.optional(),
}
const onFact = { head: EntityReference, relation: z.string(), tail: z.union([EntityReference, LiteralEnd]) }

export const DecisionRecord = z.discriminatedUnion('kind', [
  z.object({ ...decided, kind: z.enum(['accept', 'reject']), ...onFact }),
  z.object({ ...decided, kind: z.literal('correct'), ...onFact, into: z.object({ relation: z.string(), turned: z.boolean() }) }),
  z.object({ ...decided, kind: z.enum(['merge', 'split']), entity: EntityReference, other: EntityReference }),
  z.object({ ...decided, kind: z.literal('retype'), entities: z.array(EntityReference), type: z.string() }),
]).meta({ id: 'Decision' })
