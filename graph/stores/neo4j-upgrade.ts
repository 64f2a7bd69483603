// Brings a Neo4j to today's schema: what it lacks is made, what no statement uses any more is dropped, and entities of an earlier version get their search terms.
import type { Driver, Session } from 'neo4j-driver'
import type { CompiledOntology } from '../../ontology/index.ts'
import { UPGRADE } from '../cypher-lookups.ts'
import { AWAIT_INDEXES, baseSchema, DROPPED, dropIndex, relationSchema, SCHEMA_NAMES } from '../schema.ts'
import { nameForms } from '../terms.ts'
import { readRows, translate } from './neo4j-connection.ts'

/** One look when all is there. */
export async function upgrade(driver: Driver, uri: string, ontology?: CompiledOntology): Promise<void> {
  const names = new Set((await readRows(driver, uri, SCHEMA_NAMES, {})).map((row) => row['name'] as string))
  const missing = [...baseSchema(), ...(ontology === undefined ? [] : relationSchema(ontology))].filter(({ name }) => !names.has(name)).map(({ statement }) => statement)
  const dropped = DROPPED.filter((name) => names.has(`graphloom_${name}`)).map(dropIndex)
  const hasTerms = names.has(UPGRADE.index)
  if (missing.length === 0 && dropped.length === 0 && hasTerms) return
  const session = driver.session()
  try {
    for (const statement of [...dropped, ...missing]) await session.executeWrite((transaction) => transaction.run(statement))
    await session.run(AWAIT_INDEXES)
    if (dropped.length > 0) await giveValueKeys(session)
    if (!hasTerms) await giveTerms(session)
  } catch (error) {
    throw translate(error, uri)
  } finally {
    await session.close()
  }
}

async function giveValueKeys(session: Session): Promise<void> {
  for (let given = 1; given > 0;) given = await session.executeWrite(async (transaction) => Number((await transaction.run(UPGRADE.setValueKeys)).records[0]?.get('n') ?? 0))
}

async function giveTerms(session: Session): Promise<void> {
  for (;;) {
    const { records } = await session.run(UPGRADE.withoutTerms)
    if (records.length === 0) break
    const rows = records.map((row) => ({ id: row.get('id') as string, terms: nameForms((row.get('name') as string | null) ?? '', (row.get('aliases') as string[] | null) ?? []) }))
    await session.executeWrite((transaction) => transaction.run(UPGRADE.setTerms, { rows }))
  }
  await session.executeWrite((transaction) => transaction.run(UPGRADE.done))
  await session.run(AWAIT_INDEXES)
}
