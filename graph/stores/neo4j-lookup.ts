// The look-ups of the reader on Neo4j: read transactions only, every value a parameter.
import type { Driver } from 'neo4j-driver'
import { compileOntology, type CompiledOntology, type Ontology } from '../../ontology/index.ts'
import type { EvidenceRow, Passage } from '../claim.ts'
import { LOOKUP, type PlaceKind } from '../cypher-lookups.ts'
import type { EntityId } from '../entity.ts'
import type { FactStatus } from '../fact.ts'
import type { Edge, FactFilter, FactPlace, FactPoint, GraphLookup, Rank, RankedEntity, SentencePlace, Slice } from '../lookup.ts'
import type { CollectionSummary, DocumentSummary, FactSummary, GraphStatistics } from '../reader.ts'
import type { EntityRow } from '../store.ts'
import type { SearchTerms } from '../terms.ts'
import { type Account, connect, readRows, type Rows } from './neo4j-connection.ts'
import { entityOf, evidenceOf, factOf, optional, passageOf, type Properties } from './neo4j-rows.ts'
import { countAll, countCollections } from './neo4j-statistics.ts'
import { upgrade } from './neo4j-upgrade.ts'

/** Connects to `uri` and sees to its indexes. */
export async function openLookup(uri: string, account: Account): Promise<GraphLookup> {
  const driver = await connect(uri, account)
  try {
    await upgrade(driver, uri)
    return new Neo4jLookup(driver, uri)
  } catch (error) {
    await driver.close()
    throw error
  }
}

class Neo4jLookup implements GraphLookup {
  readonly #driver: Driver
  readonly #uri: string
  readonly #ontologies = new Map<string, { readonly hash: string; readonly compiled: CompiledOntology }>()

  constructor(driver: Driver, uri: string) {
    this.#driver = driver
    this.#uri = uri
  }

  async ontology(collection: string): Promise<CompiledOntology | undefined> {
    const [version] = await this.#read(LOOKUP.versions, { collection })
    if (version === undefined) return undefined
    const held = this.#ontologies.get(collection)
    if (held !== undefined && held.hash === version['hash']) return held.compiled
    const [row] = await this.#read(LOOKUP.ontology, { collection })
    if (row === undefined) return undefined
    const compiled = compileOntology(JSON.parse(row['ontology'] as string) as Ontology)
    this.#ontologies.set(collection, { hash: compiled.hash, compiled })
    return compiled
  }

  async collections(): Promise<readonly CollectionSummary[]> {
    return countCollections((text, parameters) => this.#read(text, parameters))
  }

  async statistics(collection: string): Promise<GraphStatistics> {
    return countAll((text, parameters) => this.#read(text, parameters), collection)
  }

  async documents(collection: string, uri: string | undefined, { after = '', limit }: Slice): Promise<readonly DocumentSummary[]> {
    const rows = uri === undefined ? await this.#read(LOOKUP.documents, { collection, after, limit }) : await this.#read(LOOKUP.documentsByUri, { collection, uri, after, limit })
    return rows.map((row) => documentOf(row['d'] as Properties))
  }

  async documentsById(collection: string, ids: readonly string[]): Promise<readonly DocumentSummary[]> {
    return (await this.#read(LOOKUP.documentsById, { collection, ids })).map((row) => documentOf(row['d'] as Properties))
  }

  async passages(collection: string, document: string, { after = -1, limit }: Slice<number>): Promise<readonly Passage[]> {
    return (await this.#read(LOOKUP.passages, { collection, document, after, limit })).map((row) => passageOf(row['p'] as Properties))
  }

  async passagesNear(collection: string, places: readonly SentencePlace[], around: number): Promise<readonly (readonly Passage[])[]> {
    const found: Passage[][] = places.map(() => [])
    const ranges = places.map(({ document, sentence }, index) => ({ index, document, from: sentence - around, to: sentence + around }))
    for (const row of await this.#read(LOOKUP.passagesNear, { collection, places: ranges })) found[row['index'] as number]?.push(passageOf(row['p'] as Properties))
    return found
  }

  async entitiesById(collection: string, ids: readonly string[]): Promise<readonly EntityRow[]> {
    return entitiesOf(await this.#read(LOOKUP.entitiesById, { collection, ids }))
  }

  async entities(collection: string, types: readonly string[] | undefined, { after = '', limit }: Slice): Promise<readonly EntityRow[]> {
    return entitiesOf(types === undefined ? await this.#read(LOOKUP.entities, { collection, after, limit }) : await this.#read(LOOKUP.entitiesByType, { collection, types, after, limit }))
  }

  async entitiesByMaster(collection: string, masterId: string, types: readonly string[] | undefined, { after = '', limit }: Slice): Promise<readonly EntityRow[]> {
    return entitiesOf(await this.#read(LOOKUP.entitiesByMaster, { collection, masterId, types: types ?? null, after, limit }))
  }

  async entitiesByForm(collection: string, form: string, types: readonly string[] | undefined, { after = '', limit }: Slice): Promise<readonly EntityRow[]> {
    return entitiesOf(await this.#read(LOOKUP.entitiesByForm, { collection, form, query: matching(form.split(' ')), types: types ?? null, after, limit }))
  }

  async search(collection: string, { words, prefix, form }: SearchTerms, types: readonly string[] | undefined, { after, limit }: Slice<Rank>): Promise<readonly RankedEntity[]> {
    const rank = { tier: after?.tier ?? null, support: after?.support ?? null, after: after?.id ?? null }
    const rows = await this.#read(LOOKUP.search, { collection, form, query: matching(words, prefix), types: types ?? null, limit, ...rank })
    return rows.map((row) => ({ row: entityOf(row['n'] as Properties), tier: row['tier'] as number }))
  }

  async documentsOf(collection: string, entity: EntityId, limit: number): Promise<readonly string[]> {
    return (await this.#read(LOOKUP.documentsOf, { collection, entity, limit })).map((row) => row['id'] as string)
  }

  async factsById(collection: string, ids: readonly string[]): Promise<readonly FactSummary[]> {
    return factsOf(await this.#read(LOOKUP.factsById, { collection, ids }))
  }

  async factsOfDocument(collection: string, document: string): Promise<readonly FactSummary[]> {
    return factsOf(await this.#read(LOOKUP.factsOfDocument, { collection, document }))
  }

  async facts(collection: string, place: FactPlace, filter: FactFilter, { after = '', limit }: Slice): Promise<readonly FactSummary[]> {
    const kind: PlaceKind = place.head !== undefined ? 'head' : place.tail !== undefined ? 'tail' : place.value !== undefined ? 'value' : place.relations !== undefined ? 'relation' : 'status'
    return factsOf(await this.#read(LOOKUP.facts(kind, filter.types !== undefined), { collection, ...place, ...restOf(filter), after, limit }))
  }

  async factsByTime(collection: string, relations: readonly string[] | undefined, filter: FactFilter, { after, limit }: Slice<FactPoint>): Promise<readonly FactSummary[]> {
    const time = after?.time ?? filter.since ?? ''
    return factsOf(await this.#read(LOOKUP.factsByTime(filter.types !== undefined), { collection, ...restOf(filter), relations: relations ?? null, time, after: after?.id ?? '', limit }))
  }

  async edges(collection: string, entities: readonly EntityId[], statuses: readonly FactStatus[], each: number): Promise<readonly Edge[]> {
    return (await this.#read(LOOKUP.edges, { collection, ids: entities, statuses, limit: each })) as readonly unknown[] as readonly Edge[]
  }

  async evidence(collection: string, fact: string, { after, limit }: Slice<{ readonly document: string; readonly position: number }>): Promise<readonly EvidenceRow[]> {
    const rows = await this.#read(LOOKUP.evidence, { collection, fact, document: after?.document ?? '', position: after?.position ?? -1, limit })
    return rows.map((row) => evidenceOf(row['e'] as Properties, row['head'] as EvidenceRow['head'] | null, row['tail'] as EvidenceRow['tail'] | null))
  }

  async close(): Promise<void> {
    await this.#driver.close()
  }

  async #read(text: string, parameters: Readonly<Record<string, unknown>>): Promise<Rows> {
    return readRows(this.#driver, this.#uri, text, parameters)
  }
}

/** Parameters of a filter; what is not asked for is absent, which the server reads as null. */
function restOf({ statuses, minScore, types, since, until, entityTails }: FactFilter): Readonly<Record<string, unknown>> {
  return { statuses, minScore, types, since, until, entityTails: entityTails === true ? true : undefined }
}

/** A Lucene query for words that must all be there, the last as a beginning; they hold letters and digits alone. */
function matching(words: readonly string[], prefix?: string): string {
  return [...words.map((word) => `+"${word}"`), ...(prefix === undefined ? [] : [`+${prefix}*`])].join(' ')
}

function entitiesOf(rows: Rows): readonly EntityRow[] {
  return rows.map((row) => entityOf(row['n'] as Properties))
}

function factsOf(rows: Rows): readonly FactSummary[] {
  return rows.map((row) => {
    const node = row['f'] as Properties
    const { id, head, relation, tail, score, status, reason, support, ontology, model } = factOf(node)
    return {
      id,
      head: { id: head, name: row['headName'] as string, type: row['headType'] as string },
      relation,
      tail: typeof tail === 'string' ? { id: tail, name: row['tailName'] as string, type: row['tailType'] as string } : { literal: tail.literal, value: tail.value, text: tail.text },
      score,
      status,
      ...optional('reason', reason),
      support,
      ontology,
      model,
      firstSeen: node.firstSeen,
      lastSeen: node.lastSeen,
    }
  })
}

function documentOf(node: Properties): DocumentSummary {
  const { id, uri, name, collection, language, sha256, ontology, model, seen } = node
  return { id, uri, ...optional('record', node.record as string | undefined), name, collection, language, sha256, ontology, model, seen }
}
