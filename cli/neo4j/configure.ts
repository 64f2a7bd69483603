// Ports and memory -> folders, neo4j.conf and a password under the home.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { GraphloomError } from '../../errors.ts'
import { pageSettings } from './pages.ts'

export interface Configuration {
  readonly home: string
  readonly boltPort: number
  readonly httpPort: number
  /** Java heap in megabytes. */
  readonly heap: number
  /** Further lines of neo4j.conf; they win over ours. */
  readonly settings: Readonly<Record<string, string>>
}

const FOLDERS = ['conf', 'data', 'logs', 'plugins', 'import', 'run'] as const
const run = promisify(execFile)

/** Heap in megabytes for this machine: a sixth of its memory, so that extraction keeps the larger part. */
export function defaultHeap(memory: number = availableMemory()): number {
  return Math.min(4096, Math.max(512, Math.floor(memory / 2 ** 20 / 6)))
}

/** What the container allows where there is one; `os.totalmem` sees the whole host. */
function availableMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

/** Makes the folders and writes neo4j.conf anew. */
export async function configure(configuration: Configuration): Promise<void> {
  const { home } = configuration
  await mkdir(home, { recursive: true, mode: 0o700 })
  for (const folder of FOLDERS) await mkdir(join(home, folder), { recursive: true })
  const lines = Object.entries({ ...ourSettings(configuration), ...configuration.settings }).map(([key, value]) => setting(key, value))
  await writeFile(join(home, 'conf', 'neo4j.conf'), `# Written at every start of Graphloom's Neo4j; changes made here are lost.\n${lines.join('\n')}\n`)
}

function setting(key: string, value: string): string {
  if (!/^[a-z][a-z0-9_.]*$/u.test(key) || /[\r\n]/u.test(value)) throw new GraphloomError('neo4j.setting', `"${key}=${value}" is no setting of neo4j.conf; expected a key such as db.transaction.timeout and a value of one line.`)
  return `${key}=${value}`
}

function ourSettings({ boltPort, httpPort, heap }: Configuration): Record<string, string> {
  return {
    'server.default_listen_address': '127.0.0.1',
    'server.bolt.listen_address': `:${boltPort}`,
    'server.http.listen_address': `:${httpPort}`,
    // Without these the discovery document, the Browser and the routing table name the default ports.
    'server.bolt.advertised_address': `127.0.0.1:${boltPort}`,
    'server.http.advertised_address': `127.0.0.1:${httpPort}`,
    'server.https.enabled': 'false',
    'server.directories.import': 'import',
    'dbms.security.auth_enabled': 'true',
    'dbms.usage_report.enabled': 'false',
    'client.allow_telemetry': 'false',
    'server.bolt.telemetry.enabled': 'false',
    'dbms.security.allow_csv_import_from_file_urls': 'false',
    'dbms.security.procedures.allowlist': 'db.*,dbms.components,tx.*',
    'server.memory.pagecache.size': `${Math.floor(heap * 1.5)}m`,
    'dbms.memory.transaction.total.max': `${Math.floor(heap * 0.7)}m`,
    'db.memory.transaction.max': `${Math.floor(heap * 0.5)}m`,
    'db.transaction.timeout': '10m',
    'db.lock.acquisition.timeout': '30s',
    'db.tx_log.rotation.retention_policy': '1 days 2G',
    ...pageSettings(httpPort),
  }
}

const passwordFile = (home: string) => join(home, 'password')

/** The password of the Neo4j under `home`, where one was made. */
export async function readPassword(home: string): Promise<string | undefined> {
  if (!existsSync(passwordFile(home))) return undefined
  return (await readFile(passwordFile(home), 'utf8')).trim()
}

/** Gives the password of this home; generates and sets one before the very first start. */
export async function ensurePassword(home: string, java: string): Promise<string> {
  const known = await readPassword(home)
  const started = existsSync(join(home, 'data', 'databases', 'system'))
  if (known && started) return known
  if (started) {
    throw new GraphloomError('neo4j.password-missing', `${home} holds a Neo4j database, but its password file ${passwordFile(home)} is gone. Write the password of the user neo4j into that file, or move ${join(home, 'data')} away to begin with an empty database.`)
  }
  const password = known || randomBytes(12).toString('hex')
  await writeFile(passwordFile(home), `${password}\n`, { mode: 0o600 })
  await chmod(passwordFile(home), 0o600) // the mode above counts only for a new file
  try {
    await run(java, ['-cp', join(home, 'lib', '*'), 'org.neo4j.cli.AdminTool', 'dbms', 'set-initial-password', password], {
      cwd: home, timeout: 120_000, env: { ...process.env, NEO4J_HOME: home, NEO4J_CONF: join(home, 'conf') },
    })
  } catch (error) {
    // The command line that execFile puts into its message holds the password.
    const said = (error as { stderr?: string }).stderr?.trim().replaceAll(password, '…') ?? ''
    throw new GraphloomError('neo4j.password-failed', `Neo4j did not accept an initial password for ${home}: ${said || 'its admin tool failed'}. Is the folder writable, and is ${join(home, 'data')} empty?`)
  }
  return password
}
