// A file of the embedded store -> an open connection with today's tables: WAL mode, one writer, many readers; a kill at any moment leaves the last whole transaction.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import { GraphloomError } from '../../errors.ts'
import { MIGRATIONS } from './sqlite-schema.ts'

/** Opens the file at `path`, and makes it where it is missing; `:memory:` is kept nowhere. */
export function openDatabase(path: string): Database.Database {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
    const database = new Database(path)
    for (const pragma of ['busy_timeout = 30000', 'journal_mode = WAL', 'synchronous = NORMAL', 'cache_size = -131072', 'temp_store = MEMORY']) database.pragma(pragma)
    migrate(database, path)
    return database
  } catch (cause) {
    if (cause instanceof GraphloomError) throw cause
    throw new GraphloomError('store.open', `The graph at sqlite:${path} cannot be opened: ${(cause as Error).message}. Is it a Graphloom store, and may it be written?`, { cause })
  }
}

function migrate(database: Database.Database, path: string): void {
  const version = Number((database.prepare('PRAGMA user_version').all()[0] as { user_version: number }).user_version)
  if (version > MIGRATIONS.length) {
    throw new GraphloomError('store.newer', `The graph at sqlite:${path} was written by a newer Graphloom (schema ${version}, this one knows ${MIGRATIONS.length}). Update Graphloom.`)
  }
  if (version === MIGRATIONS.length) return
  database.transaction(() => {
    for (const migration of MIGRATIONS.slice(version)) {
      if (typeof migration === 'string') database.exec(migration)
      else migration(database)
    }
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
  }).immediate()
}
