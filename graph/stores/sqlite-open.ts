// A file of the embedded store -> an open connection with today's tables: WAL mode, one writer, many readers; a kill at any moment leaves the last whole transaction.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import { GraphloomError } from '../../errors.ts'
import { translate } from './sqlite-errors.ts'
import { MIGRATIONS } from './sqlite-schema.ts'

const RETRY_AFTER = 50 // milliseconds
const MOST_TRIES = 100

/** Opens the file at `path`, and makes it where it is missing; `:memory:` is kept nowhere. */
export function openDatabase(path: string): Database.Database {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
    const database = new Database(path)
    database.pragma('busy_timeout = 30000')
    insist(() => database.pragma('journal_mode = WAL'))
    for (const pragma of ['synchronous = NORMAL', 'cache_size = -131072', 'temp_store = MEMORY']) database.pragma(pragma)
    migrate(database, path)
    return database
  } catch (error) {
    const cause = translate(error)
    if (cause instanceof GraphloomError) throw cause
    throw new GraphloomError('store.open', `The graph at sqlite:${path} cannot be opened: ${(cause as Error).message}. Is it a Graphloom store, and may it be written?`, { cause })
  }
}

/** Of two processes that change a new file to WAL at once, SQLite refuses one without waiting. */
function insist(work: () => void): void {
  for (let tries = 1; ; tries++) {
    try {
      work()
      return
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== 'SQLITE_BUSY' || tries === MOST_TRIES) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_AFTER)
    }
  }
}

function migrate(database: Database.Database, path: string): void {
  const version = versionOf(database)
  if (version > MIGRATIONS.length) {
    throw new GraphloomError('store.newer', `The graph at sqlite:${path} was written by a newer Graphloom (schema ${version}, this one knows ${MIGRATIONS.length}). Update Graphloom.`)
  }
  if (version === MIGRATIONS.length) return
  database.transaction(() => {
    for (const migration of MIGRATIONS.slice(versionOf(database))) { // another process may have been faster
      if (typeof migration === 'string') database.exec(migration)
      else migration(database)
    }
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
  }).immediate()
}

function versionOf(database: Database.Database): number {
  return Number((database.prepare('PRAGMA user_version').all()[0] as { user_version: number }).user_version)
}
