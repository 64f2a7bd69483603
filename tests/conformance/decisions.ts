// What decisions do, on every store: they are input of the derivation like documents, so neither order nor repetition plays a part.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type CommittedDocument, commit, type Decision, type DecisionRequest, decisionExamples, exportDecisions, exportEntities, exportFacts, type Fact, type GraphStore, openDecisions, prepare, push, readDecisions, retract, settle,
} from '../../graph/index.ts'
import { openStore } from '../../graph/stores/index.ts'
import { company, date, documentOf, NOW, ONTOLOGY, organization, person, place, type Statement } from '../graph/documents.ts'
import { exported } from './store.ts'

const ada = person('Ada Lovelace')
const acme = company('Acme Corp')
const apex = company('Apex Works')

const WORLD: readonly (readonly Statement[])[] = [
  [{ head: ada, relation: 'EMPLOYED_BY', tail: acme }, { head: acme, relation: 'FOUNDED_ON', tail: date('1842') }],
  [{ head: ada, relation: 'EMPLOYED_BY', tail: company('ACME') }, { head: ada, relation: 'BORN_IN', tail: place('London'), score: 0.8 }],
  [{ head: ada, relation: 'BORN_IN', tail: place('Paris'), score: 0.7 }, { head: apex, relation: 'FOUNDED_ON', tail: date('1843'), score: 0.6, status: 'review' }],
  [{ head: person('Zoe Young'), relation: 'EMPLOYED_BY', tail: apex }, { head: person('Zoe Young'), relation: 'SPOUSE', tail: person('Adam Old') }],
  [{ head: company('International Business Machines', { aliases: ['IBM'] }), relation: 'PART_OF', tail: organization('Big Group') }],
  [{ head: company('IBM'), relation: 'PART_OF', tail: company('Apex Works'), score: 0.6 }, { head: apex, relation: 'PART_OF', tail: company('IBM'), score: 0.7 }],
  [{ head: company('IBM'), relation: 'EMPLOYS', tail: person('Zoe Young'), score: 0.6, status: 'review' }, { head: person('Hopper'), relation: 'EMPLOYED_BY', tail: company('IBM') }],
  [{ head: person('Grace Hopper'), relation: 'SPOUSE', tail: person('Adam Old'), score: 0.5, status: 'review' }, { head: person('She', { kind: 'pronoun' }), relation: 'EMPLOYED_BY', tail: acme }],
]

let counter = 0
const fresh = (): string => `decided ${process.pid}-${Date.now()}-${counter++}`
const world = (collection: string): readonly CommittedDocument[] => WORLD.map((statements, index) => documentOf(`${index}.txt`, statements, { collection }))
let clock = 0
/** Every decision later than the one before. */
const who = () => ({ by: 'tester', at: new Date(Date.UTC(2026, 0, 2) + clock++ * 1000).toISOString() })

async function ingest(store: GraphStore, documents: readonly CommittedDocument[]): Promise<void> {
  await commit(store, ONTOLOGY, documents, NOW)
  for (const collection of new Set(documents.map(({ document }) => document.collection))) await settle(store, ONTOLOGY, collection, NOW)
}

async function factsOf(store: GraphStore, collection: string): Promise<readonly Fact[]> {
  const found: Fact[] = []
  for await (const fact of exportFacts(store, { collection, statuses: ['accepted', 'review', 'rejected'] })) found.push(fact)
  return found
}

const tailOf = ({ tail }: Fact): string => ('literal' in tail ? tail.value : tail.name)
/** `Head RELATION tail: status (support)`, sorted. */
const told = async (store: GraphStore, collection: string): Promise<readonly string[]> =>
  (await factsOf(store, collection)).map((fact) => `${fact.head.name} ${fact.relation} ${tailOf(fact)}: ${fact.status} (${fact.support})`).sort()

async function factNamed(store: GraphStore, collection: string, relation: string, tail: string): Promise<string> {
  return (await factsOf(store, collection)).find((fact) => fact.relation === relation && tailOf(fact) === tail)?.id ?? 'none'
}

async function entitiesOf(store: GraphStore, collection: string): Promise<readonly { readonly id: string; readonly name: string; readonly type: string; readonly documents: readonly string[] }[]> {
  const found: { id: string; name: string; type: string; documents: readonly string[] }[] = []
  for await (const { id, name, type, documents } of exportEntities(store, { collection })) found.push({ id, name, type, documents })
  return found
}

const entityNamed = async (store: GraphStore, collection: string, name: string): Promise<string> => (await entitiesOf(store, collection)).find((entity) => entity.name === name)?.id ?? 'none'

async function decisionsOf(store: GraphStore, collection: string): Promise<readonly Decision[]> {
  const found: Decision[] = []
  for await (const decision of exportDecisions(store, collection)) found.push(decision)
  return found
}

/** The graph of all documents without a decision. */
async function undecided(documents: readonly CommittedDocument[], collection: string): Promise<string> {
  const store = await openStore('sqlite::memory:')
  await ingest(store, documents)
  const text = await exported(store, collection)
  await store.close()
  return text
}

/** A request that picks among what a graph holds; nothing where there is nothing to pick. */
async function requestOf(store: GraphStore, collection: string, [kind, first, second]: readonly [number, number, number]): Promise<DecisionRequest | undefined> {
  const [facts, entities] = [await factsOf(store, collection), await entitiesOf(store, collection)]
  const fact = facts[first % Math.max(1, facts.length)]
  const [entity, other] = [entities[first % Math.max(1, entities.length)], entities[second % Math.max(1, entities.length)]]
  if (fact === undefined || entity === undefined || other === undefined) return undefined
  switch (kind) {
    case 0: return { kind: 'accept', fact: fact.id }
    case 1: return { kind: 'reject', fact: fact.id }
    case 2: return { kind: 'correct', fact: fact.id, relation: Object.keys(ONTOLOGY.ontology.relations)[second % 7] ?? '', turned: first % 2 === 0 }
    case 3: return { kind: 'merge', entity: entity.id, other: other.id }
    case 4: return { kind: 'split', entity: entity.id, other: other.id }
    case 5: return { kind: 'split', entity: entity.id, documents: [entity.documents[second % entity.documents.length] ?? ''] }
    default: return { kind: 'retype', entity: entity.id, type: Object.keys(ONTOLOGY.ontology.types)[second % 5] ?? '' }
  }
}

/** Runs the suite on a store; `runs` bounds the generated cases, where a store is slow. */
export function describeDecisions(name: string, open: () => Promise<GraphStore>, runs: number): void {
  describe(`on ${name} a decision`, () => {
    let store: GraphStore
    const used: string[] = []
    const collectionOf = (): string => {
      const collection = fresh()
      used.push(collection)
      return collection
    }
    beforeAll(async () => {
      store = await open()
      await prepare(store, ONTOLOGY)
    })
    afterAll(async () => {
      for (const collection of used) {
        const claims = await store.claims(collection, { limit: 10_000 })
        await retract(store, ONTOLOGY, collection, claims.map(({ id }) => id), NOW)
      }
      await store.close()
    }, 600_000)

    test('to reject a fact survives a re-ingest and another document that says the same, and undoing it brings the fact back', async () => {
      const collection = collectionOf()
      const documents = world(collection)
      await ingest(store, documents.slice(0, 1))
      const decision = await openDecisions(store).decide(collection, { kind: 'reject', fact: await factNamed(store, collection, 'EMPLOYED_BY', 'Acme Corp') }, who())
      expect(await told(store, collection)).toContain('Ada Lovelace EMPLOYED_BY Acme Corp: rejected (1)')
      await retract(store, ONTOLOGY, collection, ['0.txt'], NOW)
      expect(await told(store, collection)).toEqual([])
      await ingest(store, documents)
      const rejected = (await told(store, collection)).find((line) => line.startsWith('Ada Lovelace EMPLOYED_BY'))
      expect(rejected).toMatch(/: rejected \(2\)$/)
      await openDecisions(store).undo(collection, decision.id, who())
      expect(await exported(store, collection)).toBe(await undecided(documents, collection))
      expect(await decisionsOf(store, collection)).toMatchObject([{ id: decision.id, undone: { by: 'tester' } }])
    })

    test('is about the same fact when its ends have come to be called otherwise', async () => {
      const collection = collectionOf()
      await ingest(store, [documentOf('a.txt', [{ head: ada, relation: 'EMPLOYED_BY', tail: company('IBM') }], { collection })])
      await openDecisions(store).decide(collection, { kind: 'reject', fact: await factNamed(store, collection, 'EMPLOYED_BY', 'IBM') }, who())
      await ingest(store, [documentOf('b.txt', [{ head: ada, relation: 'EMPLOYED_BY', tail: company('International Business Machines', { aliases: ['IBM'] }) }], { collection })])
      expect(await told(store, collection)).toEqual(['Ada Lovelace EMPLOYED_BY International Business Machines: rejected (2)'])
    })

    test('to accept outranks the model, its policy and a rival with a better score', async () => {
      const collection = collectionOf()
      await ingest(store, world(collection))
      expect(await told(store, collection)).toEqual(expect.arrayContaining(['Ada Lovelace BORN_IN London: accepted (1)', 'Ada Lovelace BORN_IN Paris: rejected (1)', 'Apex Works FOUNDED_ON 1843: review (1)']))
      await openDecisions(store).decide(collection, { kind: 'accept', fact: await factNamed(store, collection, 'BORN_IN', 'Paris') }, who())
      await openDecisions(store).decide(collection, { kind: 'accept', fact: await factNamed(store, collection, 'FOUNDED_ON', '1843') }, who())
      expect(await told(store, collection)).toEqual(expect.arrayContaining(['Ada Lovelace BORN_IN London: rejected (1)', 'Ada Lovelace BORN_IN Paris: accepted (1)', 'Apex Works FOUNDED_ON 1843: accepted (1)']))
      await openDecisions(store).decide(collection, { kind: 'accept', fact: await factNamed(store, collection, 'BORN_IN', 'London') }, who())
      expect(await told(store, collection)).toEqual(expect.arrayContaining(['Ada Lovelace BORN_IN London: accepted (1)', 'Ada Lovelace BORN_IN Paris: rejected (1)']))
    })

    test('to correct a relation moves what documents state, now and later, and undoing it moves it back', async () => {
      const collection = collectionOf()
      const documents = [0, 1, 2].map((index) => documentOf(`${index}.txt`, [{ head: ada, relation: 'SPOUSE', tail: person('Zoe Young'), status: 'review' }, { head: acme, relation: 'EMPLOYS', tail: ada }], { collection }))
      await ingest(store, documents.slice(0, 2))
      const decision = await openDecisions(store).decide(collection, { kind: 'correct', fact: await factNamed(store, collection, 'EMPLOYS', 'Ada Lovelace'), relation: 'EMPLOYED_BY', turned: true }, who())
      expect(await told(store, collection)).toContain('Ada Lovelace EMPLOYED_BY Acme Corp: accepted (2)')
      await ingest(store, documents)
      expect((await told(store, collection)).filter((line) => line.includes('EMPLOY'))).toEqual(['Ada Lovelace EMPLOYED_BY Acme Corp: accepted (3)'])
      const fact = (await factsOf(store, collection)).find(({ relation }) => relation === 'EMPLOYED_BY')
      expect(fact?.evidence[0]).toMatchObject({ head: { text: 'Ada Lovelace' }, tail: { text: 'Acme Corp' } })
      await openDecisions(store).undo(collection, decision.id, who())
      expect(await exported(store, collection)).toBe(await undecided(documents, collection))
    })

    test('to merge holds while more is ingested, and a split makes the graph as if they had never been merged', async () => {
      const collection = collectionOf()
      const documents = world(collection)
      await ingest(store, documents.slice(0, 3))
      await openDecisions(store).decide(collection, { kind: 'merge', entity: await entityNamed(store, collection, 'Acme Corp'), other: await entityNamed(store, collection, 'Apex Works') }, who())
      expect((await entitiesOf(store, collection)).filter(({ type }) => type === 'Company')).toHaveLength(1)
      await ingest(store, documents)
      const merged = (await entitiesOf(store, collection)).find(({ type, documents: mentioned }) => type === 'Company' && mentioned.length > 4)
      expect(merged).toBeDefined()
      const units = [...new Set((await store.members(collection, [merged?.id ?? ''])).map(({ unit }) => unit ?? ''))]
      expect(units).toHaveLength(2)
      await openDecisions(store).decide(collection, { kind: 'split', entity: units.find((unit) => unit !== merged?.id) ?? '', other: merged?.id ?? '' }, who())
      expect(await exported(store, collection)).toBe(await undecided(documents, collection))
    })

    test('to split takes a name of some documents out, and holds when they are read again', async () => {
      const collection = collectionOf()
      const documents = world(collection)
      await ingest(store, documents)
      const whole = (await entitiesOf(store, collection)).find(({ name: called }) => called === 'Ada Lovelace')
      const decision = await openDecisions(store).decide(collection, { kind: 'split', entity: whole?.id ?? '', documents: [documents[2]?.document.id ?? ''] }, who())
      const parts = async () => (await entitiesOf(store, collection)).filter(({ name: called }) => called === 'Ada Lovelace').map(({ documents: mentioned }) => mentioned.length).sort()
      expect(await parts()).toEqual([1, 2])
      expect(await told(store, collection)).toEqual(expect.arrayContaining(['Ada Lovelace BORN_IN London: accepted (1)', 'Ada Lovelace BORN_IN Paris: accepted (1)']))
      await retract(store, ONTOLOGY, collection, ['2.txt'], NOW)
      await ingest(store, documents)
      expect(await parts()).toEqual([1, 2])
      await openDecisions(store).undo(collection, decision.id, who())
      expect(await exported(store, collection)).toBe(await undecided(documents, collection))
    })

    test('to re-type an entity takes facts out that the ontology does not allow then, and undoing it brings them back', async () => {
      const collection = collectionOf()
      const documents = world(collection)
      await ingest(store, documents.slice(0, 2))
      const decision = await openDecisions(store).decide(collection, { kind: 'retype', entity: await entityNamed(store, collection, 'London'), type: 'Company' }, who())
      await ingest(store, documents)
      expect((await entitiesOf(store, collection)).find(({ name: called }) => called === 'London')?.type).toBe('Company')
      expect(await told(store, collection)).toEqual(expect.arrayContaining(['Ada Lovelace BORN_IN London: rejected (1)', 'Ada Lovelace BORN_IN Paris: accepted (1)']))
      await openDecisions(store).undo(collection, decision.id, who())
      expect(await exported(store, collection)).toBe(await undecided(documents, collection))
    })

    test('in any number, order and mixture with documents gives the same graph, and undoing all gives the graph of the documents alone', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 7 }),
          fc.infiniteStream(fc.nat(1000)),
          async (picks, dice) => {
            const collection = collectionOf()
            const documents = world(collection)
            const first = await openStore('sqlite::memory:')
            await ingest(first, documents)
            for (const pick of picks) {
              const request = await requestOf(first, collection, pick)
              await openDecisions(first).decide(collection, request ?? { kind: 'accept', fact: '' }, who()).catch((error: { code?: string }) => expect(error.code).toMatch(/^usage/))
            }
            const expected = await exported(first, collection)
            const steps = [...documents.map((document) => ({ document, decision: undefined })), ...(await decisionsOf(first, collection)).map((decision) => ({ document: undefined, decision }))]
              .map((step) => ({ ...step, at: dice.next().value })).sort((a, b) => a.at - b.at)
            await store.saveOntology(collection, ONTOLOGY.ontology)
            for (const { document, decision, at } of steps) {
              if (document !== undefined) await commit(store, ONTOLOGY, [document], NOW)
              if (decision !== undefined) await openDecisions(store).add(collection, [decision], NOW)
              if (at % 3 === 0) await settle(store, ONTOLOGY, collection, NOW)
            }
            await settle(store, ONTOLOGY, collection, NOW)
            expect(await exported(store, collection)).toBe(expected)
            expect(await settle(store, ONTOLOGY, collection, NOW)).toEqual({ created: 0, updated: 0, deleted: 0 })
            for (const { id } of await decisionsOf(store, collection)) await openDecisions(store).undo(collection, id, who())
            expect(await exported(store, collection)).toBe(await undecided(documents, collection))
            await first.close()
          },
        ),
        { numRuns: runs },
      )
    }, 600_000)

    test('goes along in a push and in a file, once however often', async () => {
      const collection = collectionOf()
      const source = await openStore('sqlite::memory:')
      await ingest(source, world(collection))
      const rejected = await openDecisions(source).decide(collection, { kind: 'reject', fact: await factNamed(source, collection, 'EMPLOYED_BY', 'Acme Corp'), note: 'she never was' }, who())
      await openDecisions(source).decide(collection, { kind: 'merge', entity: await entityNamed(source, collection, 'Acme Corp'), other: await entityNamed(source, collection, 'Apex Works') }, who())
      await push(source, store)
      expect(await exported(store, collection)).toBe(await exported(source, collection))
      expect(await decisionsOf(store, collection)).toEqual(await decisionsOf(source, collection))
      await openDecisions(source).undo(collection, rejected.id, who())
      await push(source, store)
      expect(await exported(store, collection)).toBe(await exported(source, collection))
      expect((await push(source, store)).written).toEqual({ created: 0, updated: 0, deleted: 0 })
      const file = (await decisionsOf(store, collection)).map((decision) => JSON.stringify(decision)).join('\n')
      expect(await openDecisions(store).add(collection, readDecisions(file, collection), NOW)).toEqual({ added: 0, changed: 0, unchanged: 2 })
      await source.close()
    })

    test('taken twice is one, and a later one has the last word', async () => {
      const collection = collectionOf()
      await ingest(store, world(collection))
      const fact = await factNamed(store, collection, 'FOUNDED_ON', '1842')
      const decisions = openDecisions(store)
      const first = await decisions.decide(collection, { kind: 'reject', fact }, who())
      expect(await decisions.decide(collection, { kind: 'reject', fact }, who())).toEqual(first)
      const second = await decisions.decide(collection, { kind: 'accept', fact }, who())
      expect((await told(store, collection)).find((line) => line.includes('FOUNDED_ON 1842'))).toContain('accepted')
      await decisions.undo(collection, second.id, who())
      expect((await told(store, collection)).find((line) => line.includes('FOUNDED_ON 1842'))).toContain('rejected')
      expect((await decisions.page(collection, { limit: 1, after: [first.id, second.id].sort()[0] as string })).map(({ id }) => id)).toEqual([[first.id, second.id].sort()[1]])
    })

    test('gives examples to teach with', async () => {
      const collection = collectionOf()
      await ingest(store, world(collection))
      const decisions = openDecisions(store)
      await decisions.decide(collection, { kind: 'reject', fact: await factNamed(store, collection, 'BORN_IN', 'London') }, who())
      await decisions.decide(collection, { kind: 'accept', fact: await factNamed(store, collection, 'BORN_IN', 'Paris') }, who())
      await decisions.decide(collection, { kind: 'correct', fact: await factNamed(store, collection, 'EMPLOYS', 'Zoe Young'), relation: 'EMPLOYED_BY', turned: true }, who())
      const shown = (await decisionExamples(store, collection)).map(({ relation, text, head, tail, negative }) => `${negative ? 'not ' : ''}${relation}: ${text.slice(...head)} - ${text.slice(...tail)}`)
      expect(shown.sort()).toEqual(['BORN_IN: Ada Lovelace - Paris', 'EMPLOYED_BY: Zoe Young - IBM', 'not BORN_IN: Ada Lovelace - London', 'not EMPLOYS: IBM - Zoe Young'])
    })

    test('that cannot be is refused with the reason', async () => {
      const collection = collectionOf()
      await ingest(store, world(collection))
      const decisions = openDecisions(store)
      const [adaId, acmeId, fact] = [await entityNamed(store, collection, 'Ada Lovelace'), await entityNamed(store, collection, 'Acme Corp'), await factNamed(store, collection, 'BORN_IN', 'London')]
      await expect(decisions.decide(collection, { kind: 'accept', fact: 'fact:none' }, who())).rejects.toMatchObject({ code: 'usage.unknown-fact' })
      await expect(decisions.decide(collection, { kind: 'merge', entity: adaId, other: acmeId }, who())).rejects.toThrow(/neither is a kind of the other/)
      await expect(decisions.decide(collection, { kind: 'merge', entity: adaId, other: 'ent:none' }, who())).rejects.toMatchObject({ code: 'usage.unknown-entity' })
      await expect(decisions.decide(collection, { kind: 'correct', fact, relation: 'EMPLOYS' }, who())).rejects.toThrow(/cannot hold between Person and Place/)
      await expect(decisions.decide(collection, { kind: 'correct', fact, relation: 'BORN_INN' }, who())).rejects.toThrow(/did you mean "BORN_IN"/)
      await expect(decisions.decide(collection, { kind: 'retype', entity: adaId, type: 'Persn' }, who())).rejects.toThrow(/did you mean "Person"/)
      await expect(decisions.undo(collection, 'decision:none', who())).rejects.toMatchObject({ code: 'usage.unknown-decision' })
      await expect(decisions.decide('nowhere', { kind: 'accept', fact }, who())).rejects.toMatchObject({ code: 'usage.unknown-collection' })
      expect(await decisionsOf(store, collection)).toEqual([])
    })
  })
}
