// The pictures of the docs, from real Chromium runs on the demo's documents: npx tsx docs/screenshots/take.ts
// Starts a Neo4j of its own in a folder that is gone afterwards; with --at DIR it uses (and keeps) the one that runs under DIR; --web takes the web page alone.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { neo4jStatus, stopNeo4j } from '../../cli/neo4j/index.ts'
import { openChromium } from '../../tests/fixtures/chromium.ts'
import { takeNeo4jBrowser } from './neo4j-browser.ts'
import { takeWeb } from './web.ts'

const HERE = dirname(fileURLToPath(import.meta.url))
const ROOT = resolve(HERE, '../..')
/** A page of docs must load quickly. */
const LARGEST = 300_000

const given = process.argv.indexOf('--at')
const home = given > 0 ? resolve(process.argv[given + 1] ?? '') : join(await mkdtemp(join(tmpdir(), 'graphloom-pictures-')), 'neo4j')
if (!process.argv.includes('--web')) await ofNeo4jBrowser()
if (given < 0) await takeWeb(save)

async function ofNeo4jBrowser(): Promise<void> {
  if (given < 0) await prepare()
  const status = await neo4jStatus(home)
  if (!status.running) throw new Error(`No Neo4j runs under ${home}.`)
  const chromium = await openChromium()
  try {
    await takeNeo4jBrowser(chromium, { url: status.browserUrl, password: status.password }, save)
  } finally {
    await chromium.close()
    if (given < 0) {
      await stopNeo4j(home)
      await rm(dirname(home), { recursive: true, force: true })
    }
  }
}

/** The demo's documents in a Neo4j of its own. */
async function prepare(): Promise<void> {
  const [port, httpPort] = [await freePort(), await freePort()]
  await graphloom({}, 'neo4j', 'start', '--home', home, '--port', `${port}`, '--http-port', `${httpPort}`, '--heap', '512')
  const { password } = await neo4jStatus(home) as { password: string }
  await graphloom({ NEO4J_PASSWORD: password }, 'ingest', join(ROOT, 'examples/documents'), '--ontology', join(ROOT, 'examples/ontology.yaml'), '--store', `bolt://127.0.0.1:${port}`, '--precision', '0.75')
  await graphloom({}, 'browser', '--home', home, '--out', join(dirname(home), 'browser'))
}

async function graphloom(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'dist/cli/main.js'), ...args], { cwd: dirname(home), env: { ...process.env, ...environment } })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as { port: number }
  await new Promise((closed) => server.close(closed))
  return port
}

async function save(name: string, page: Page): Promise<void> {
  const path = join(HERE, `${name}.png`)
  await page.screenshot({ path })
  const { size } = await stat(path)
  process.stdout.write(`${name}.png ${Math.round(size / 1000)} kB\n`)
  if (size > LARGEST) throw new Error(`${path} has ${size} bytes; at most ${LARGEST} may go into the docs.`)
}
