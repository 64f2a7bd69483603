// Collections, statistics and the ontology as the API answers them.
import { z } from 'zod'

const count = () => z.number().int().min(0)

export const Collection = z.object({
  name: z.string(), documents: count(), entities: count(), facts: count().describe('Accepted facts.'),
}).meta({ id: 'Collection' })

export const Statistics = z.object({
  documents: count(), passages: count(), chains: count(), evidence: count(), entities: count(), merged: count(),
  facts: z.object({ accepted: count(), review: count(), rejected: count() }),
  pending: count().describe('What is still to be derived after a commit.'),
  types: z.record(z.string(), count()).describe('Entities by type.'), relations: z.record(z.string(), count()).describe('Accepted facts by relation.'),
}).meta({ id: 'Statistics' })

export const OntologyType = z.object({
  name: z.string(), description: z.string(), parents: z.array(z.string()),
}).meta({ id: 'OntologyType' })

const place = () => z.array(z.number().int()).length(2).describe('Half-open UTF-16 range into the text.')

export const RelationExample = z.object({ text: z.string(), head: place(), tail: place() }).meta({ id: 'RelationExample' })

export const OntologyRelation = z.object({
  name: z.string(), label: z.string(), description: z.string(), domain: z.array(z.string()), range: z.array(z.string()),
  literal: z.string().optional(), inverse: z.string().optional(), aliases: z.array(z.string()),
  symmetric: z.boolean(), transitive: z.boolean(), irreflexive: z.boolean(), acyclic: z.boolean(), functional: z.boolean(),
  precision: z.number().optional().describe('Target precision of accepted facts, where the ontology sets one.'),
  examples: z.array(RelationExample).optional(), negatives: z.array(RelationExample).optional(),
}).meta({ id: 'OntologyRelation' })

export const OntologyRecord = z.object({
  name: z.string(), version: z.string(), namespace: z.string().optional(),
  types: z.array(OntologyType), relations: z.array(OntologyRelation), disjoint: z.array(z.array(z.string())),
}).meta({ id: 'Ontology' })
