// docs/api.md holds an example of every route, with the answer that it gave. GRAPHLOOM_UPDATE_DOCS=1 writes it anew; otherwise it must be as it would be written.
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { PROBLEMS, type Route, ROUTES } from '../../api/index.ts'
import type { QueryDoor } from '../../graph/index.ts'
import { ask } from '../conformance/ask.ts'
import { LIBRARY, openSample, openSampleGraph } from './sample.ts'

const MOST_LINES = 30
const FILE = 'docs/api.md'
const routes = ROUTES as readonly unknown[] as readonly Route[]

const { store, reader, close } = await openSampleGraph()
/** What the statement of the example gives on Neo4j, which the suite on Neo4j asks in earnest. */
const cypher: QueryDoor = { query: async () => ({ columns: ['name'], rows: [['Acme Corp']], truncated: false }), close: async () => {} }
const server = await openSample(store, reader, { cypher })
afterAll(async () => {
  await server.close()
  await close()
})

test('every route has an example, which answers as the docs say', async () => {
  const text = readFileSync(FILE, 'utf8')
  const made = between(between(text, 'routes', await routeSections()), 'problems', problemTable())
  if (process.env['GRAPHLOOM_UPDATE_DOCS'] === '1') writeFileSync(FILE, made)
  expect(made).toBe(process.env['GRAPHLOOM_UPDATE_DOCS'] === '1' ? made : text)
})

function between(text: string, name: string, content: string): string {
  const [start, end] = [new RegExp(`<!-- ${name}:[^>]*-->\n`).exec(text), text.indexOf(`<!-- end of ${name} -->`)]
  if (start === null || end < 0) throw new Error(`${FILE} has no place for ${name}`)
  return `${text.slice(0, start.index + start[0].length)}${content}${text.slice(end)}`
}

/** Reads come first, so that they show the sample as it is; then what changes it, and what ends it. */
async function routeSections(): Promise<string> {
  const ids: Record<string, string> = {}
  const sections = new Map<Route, string>()
  const rank = ({ method, path }: Route) => (path.startsWith('/v1/jobs') ? (method === 'delete' ? 4 : method === 'post' ? 5 : 3) : method === 'get' ? 0 : path === '/v1/documents' ? 2 : method === 'delete' ? 6 : 1)
  for (const route of [...routes].sort((a, b) => rank(a) - rank(b))) {
    const answer = await answerOf(route, ids)
    if (route.path === '/v1/documents' && route.method === 'post') ids['JOB'] = answer.body.job.id
    if (route.path === '/v1/decisions' && route.method === 'post') ids['DECISION'] = answer.body.id
    if (ids['JOB'] !== undefined && route.path === '/v1/documents') await settled(ids['JOB'])
    sections.set(route, section(route, answer.text, ids))
  }
  const tags = [...new Set(routes.map(({ tag }) => tag))]
  return tags.map((tag) => `\n### ${tag}\n\n${routes.filter((route) => route.tag === tag).map((route) => sections.get(route)).join('\n')}`).join('')
}

async function answerOf({ method, path, example, status, answer }: Route, ids: Readonly<Record<string, string>>) {
  const address = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(ids[example.params?.[name] ?? ''] ?? example.params?.[name] ?? ''))
  // The job of the docs is done by now, and its files are gone: doing it again is a conflict, which the docs show as it is.
  const asked = await ask(server.url, method.toUpperCase(), address, { key: server.token('admin', path === '/v1/cypher' ? '*' : LIBRARY), query: example.query ?? {}, body: example.body })
  if (!path.endsWith('/retry')) expect({ path: `${method} ${path}`, status: asked.status, text: asked.status === status ? '' : asked.text }).toEqual({ path: `${method} ${path}`, status, text: '' })
  return { ...asked, text: answer === 'json' ? JSON.stringify(asked.body, null, 2) : asked.text.trimEnd() }
}

async function settled(job: string): Promise<void> {
  while (['waiting', 'active'].includes((await ask(server.url, 'GET', `/v1/jobs/${job}`, { key: server.token('admin') })).body.state)) await sleep(20)
}

function section({ method, path, role, summary, description, example, answer }: Route, text: string, ids: Readonly<Record<string, string>>): string {
  const address = path.replace(/:(\w+)/g, (_, name: string) => (example.params?.[name] ?? '').replaceAll('/', '%2F'))
  const query = new URLSearchParams(Object.entries(example.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]))
  const verb = method === 'get' ? '' : ` -X ${method.toUpperCase()}`
  const body = example.body === undefined ? '' : ` \\\n  -H 'Content-Type: application/json' -d '${JSON.stringify(example.body)}'`
  const lines = plain(text, ids).split('\n')
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '…'] : lines
  return `#### \`${method.toUpperCase()} ${path}\`\n\n${summary}.${description === undefined ? '' : ` ${description}`} Role: ${role}.\n\n\`\`\`bash\ncurl${verb} -H "Authorization: Bearer $KEY" "$URL${address}${query.size ? `?${query}` : ''}"${body}\n\`\`\`\n\n\`\`\`${answer === 'json' ? 'json' : 'text'}\n${shown.map((line) => (line.length > 300 ? `${line.slice(0, 300)}…` : line)).join('\n')}\n\`\`\`\n`
}

/** What differs from run to run, as words. */
function plain(text: string, ids: Readonly<Record<string, string>>): string {
  let made = text
  for (const [name, id] of Object.entries(ids)) made = made.replaceAll(id, name)
  return made.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'REQUEST').replace(/"20\d\d-\d\d-\d\dT[\d:.]+Z"/g, '"2026-01-01T00:00:00.000Z"').replace(/"next": "[\w-]+"/g, '"next": "CURSOR"')
}

function problemTable(): string {
  return `\n| code | status | meaning |\n|---|---|---|\n${Object.entries(PROBLEMS).map(([code, { status, meaning }]) => `| \`${code}\` | ${status} | ${meaning} |`).join('\n')}\n\nCodes of other areas come through as they are: \`usage.…\` and \`ontology.…\` (400, 404, 422), \`ingest.…\` (422), \`store.…\`, \`queue.…\` and \`model.…\` (503).\n\n`
}
