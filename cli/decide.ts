// What the commands for people's decisions share: the graph, its ontology, and who decides when.
import { userInfo } from 'node:os'
import { GraphloomError } from '../errors.ts'
import { type Decision, type DecisionRequest, type Decisions, describeDecision, type GraphStore, openDecisions, type Who } from '../graph/index.ts'
import { type CompiledOntology, compileOntology } from '../ontology/index.ts'
import { openExistingGraph } from './wire.ts'

export interface DecideOptions {
  readonly store: string
  readonly collection: string
  readonly by?: string
  readonly note?: string
  readonly json?: boolean
}

export interface Desk {
  readonly store: GraphStore
  readonly ontology: CompiledOntology
  readonly decisions: Decisions
  who(): Who
}

/** Opens a collection to decide about, and closes it when `work` is done. */
export async function atDesk<Result>({ store: uri, collection, by }: DecideOptions, work: (desk: Desk) => Promise<Result>): Promise<Result> {
  const store = await openExistingGraph(uri)
  try {
    const found = (await store.collections()).find(({ name }) => name === collection)
    if (found === undefined) throw new GraphloomError('usage.unknown-collection', `There is no collection "${collection}" in ${uri}.`)
    return await work({ store, ontology: compileOntology(found.ontology), decisions: openDecisions(store), who: () => ({ by: by ?? account(), at: new Date().toISOString() }) })
  } finally {
    await store.close()
  }
}

/** Decides one thing after the other and says what was decided. */
export async function decideAll(requests: readonly DecisionRequest[], options: DecideOptions): Promise<void> {
  await atDesk(options, async ({ decisions, who }) => {
    for (const request of requests) say(await decisions.decide(options.collection, { ...request, ...(options.note === undefined ? {} : { note: options.note }) }, who()), options)
  })
}

export function say(decision: Decision, { json }: { readonly json?: boolean }): void {
  process.stdout.write(json ? `${JSON.stringify(decision)}\n` : `${decision.undone === undefined ? '' : 'undone: '}${describeDecision(decision)}   ${decision.id}\n`)
}

function account(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown' // a container may run under a user that has no name
  }
}
