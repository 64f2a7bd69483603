// Brings a Neo4j to today's schema: what it lacks is made, what no statement uses any more is dropped, and entities of an earlier version get their search terms, chains their profiles.
import type { Driver, Session } from 'neo4j-driver'
import type { CompiledOntology } from '../../ontology/index.ts'
import { WRITE } from '../cypher.ts'
import { UPGRADE } from '../cypher-lookups.ts'
import { profileOf } from '../profile.ts'
import { AWAIT_INDEXES, baseSchema, DROPPED, dropIndex, relationSchema, SCHEMA_NAMES } from '../schema.ts'
import { nameForms } from '../terms.ts'
import { isThere, readRows, runIn, translate } from './neo4j-connection.ts'
import { chainOf, profileRows, type Properties } from './neo4j-rows.ts'

/** One look when all is there. */
export async function upgrade(driver: Driver, uri: string, ontology?: CompiledOntology): Promise<void> {
  const names = new Set((await readRows(driver, uri, SCHEMA_NAMES, {})).map((row) => row['name'] as string))
  const missing = [...baseSchema(), ...(ontology === undefined ? [] : relationSchema(ontology))].filter(({ name }) => !names.has(name)).map(({ statement }) => statement)
  const dropped = DROPPED.filter((name) => names.has(`graphloom_${name}`)).map(dropIndex)
  const hasTerms = names.has(UPGRADE.index)
  const hasProfiles = names.has(UPGRADE.profiled)
  if (missing.length === 0 && dropped.length === 0 && hasTerms && hasProfiles) return
  const session = driver.session()
  try {
    for (const statement of [...dropped, ...missing]) await make(session, statement)
    await session.run(AWAIT_INDEXES)
    if (dropped.length > 0) await giveValueKeys(session)
    if (!hasTerms) await giveTerms(session)
    if (!hasProfiles) await giveProfiles(session)
  } catch (error) {
    throw translate(error, uri)
  } finally {
    await session.close()
  }
}

/** Another process may make the same at this moment: IF NOT EXISTS looks before it waits. */
async function make(session: Session, statement: string): Promise<void> {
  try {
    await session.executeWrite((transaction) => transaction.run(statement))
  } catch (error) {
    if (!isThere(error)) throw error
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
  await make(session, UPGRADE.done)
  await session.run(AWAIT_INDEXES)
}

async function giveProfiles(session: Session): Promise<void> {
  for (let after = ''; ;) {
    const nodes = (await session.executeRead((transaction) => runIn(transaction, UPGRADE.chains, { after }))).map((row) => row['c'] as Properties)
    const last = nodes.at(-1)
    if (last === undefined) break
    const { profiles, keys } = profileRows(nodes.map((node) => [node.collection, chainOf(node)] as const))
    const rows = nodes.map((node) => ({ id: node.id as string, profile: profileOf(node.collection, chainOf(node)).id }))
    await session.executeWrite(async (transaction) => {
      await runIn(transaction, WRITE.profiles, { rows: profiles })
      await runIn(transaction, WRITE.keys, { rows: keys })
      await runIn(transaction, UPGRADE.setProfiles, { rows })
    })
    after = last.id
  }
  for (let removed = 1; removed > 0;) removed = await session.executeWrite(async (transaction) => Number((await transaction.run(UPGRADE.removeKeys)).records[0]?.get('n') ?? 0))
  await make(session, UPGRADE.profilesDone)
  await session.run(AWAIT_INDEXES)
}
