// What people decide: it outranks the model, survives every later ingest, and can be taken back.
import { z } from 'zod'
import type { Decision, DecisionRequest } from '../../graph/index.ts'
import { DECISION_KINDS } from '../../graph/index.ts'
import { DecisionRecord, NewDecision } from '../records/index.ts'
import { type Frozen, listOf, route } from '../route.ts'
import { SAMPLE } from './sample.ts'

const TAG = 'Decisions'

export const listDecisions = route({
  method: 'get', path: '/v1/decisions', role: 'reader', tag: TAG, paged: true,
  summary: 'Decisions, undone ones included, sorted by id',
  query: { kind: z.enum(DECISION_KINDS).optional() },
  response: listOf(DecisionRecord),
  async run({ query: { kind } }, { collection, page, services: { decisions } }) {
    const found = await decisions.page(collection, { ...page, limit: page.limit + 1 }, kind)
    const items = found.slice(0, page.limit)
    const last = items.at(-1)
    return { items: items.map(answerOf), ...(found.length > items.length && last ? { next: last.id } : {}) }
  },
})

export const decide = route({
  method: 'post', path: '/v1/decisions', role: 'reviewer', tag: TAG, status: 201, audit: 'body',
  summary: 'Accept, reject or correct a fact; merge, split or re-type entities',
  description: 'Taken at once, with all that follows from it; one that is in force already is answered as it stands.',
  body: NewDecision,
  response: DecisionRecord,
  example: { body: { kind: 'accept', fact: SAMPLE.fact, note: 'Checked in the letters.' } },
  async run({ body }, { collection, key, now, services: { decisions } }) {
    return answerOf(await decisions.decide(collection, requestOf(body), { by: key.name, at: now }))
  },
})

export const undoDecision = route({
  method: 'delete', path: '/v1/decisions/:id', role: 'reviewer', tag: TAG,
  summary: 'Take a decision back',
  description: 'The record stays, marked as undone.',
  response: DecisionRecord,
  example: { params: { id: SAMPLE.decision } },
  async run({ params: { id } }, { collection, key, now, services: { decisions } }) {
    return answerOf(await decisions.undo(collection, id, { by: key.name, at: now }))
  },
})

/** The request without keys that were sent as undefined, which no request from outside has. */
function requestOf(body: Frozen<z.output<typeof NewDecision>>): DecisionRequest {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as DecisionRequest
}

const answerOf = (decision: Decision): Frozen<z.input<typeof DecisionRecord>> => decision
