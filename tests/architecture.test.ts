// The table of imports, doors and package places of docs and CONTRIBUTING, held against the code.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const AREAS = ['ontology', 'ingest', 'extract', 'graph', 'api', 'runs', 'cli', 'web']

/** Imports run one way. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  ontology: ['errors'],
  ingest: ['errors'],
  extract: ['errors', 'ontology', 'ingest'],
  graph: ['errors', 'ontology', 'ingest', 'extract'],
  api: ['errors', 'ontology', 'ingest', 'extract', 'graph'],
  runs: ['errors', 'ontology', 'ingest', 'extract', 'graph'],
  pipeline: ['errors', 'ontology', 'ingest', 'extract', 'graph', 'runs'],
  index: ['errors', 'ontology', 'ingest', 'extract', 'graph', 'api', 'runs', 'pipeline'],
  cli: ['errors', 'ontology', 'ingest', 'extract', 'graph', 'api', 'runs', 'pipeline'],
  // The page knows the server by its routes; of api it sees the client only, see below.
  web: ['api'],
}

/** Inside extract; files directly in extract/ call the folders in order. */
const EXTRACT_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  tokenizer: [],
  factors: [],
  views: ['tokenizer', 'factors'],
  mentions: ['views'],
  chains: ['mentions', 'views'],
  pairs: ['mentions', 'chains'],
  encoders: ['tokenizer'],
  prototypes: ['mentions', 'chains', 'pairs', 'tokenizer', 'factors'],
  triples: ['mentions', 'chains', 'pairs', 'prototypes', 'tokenizer', 'views'],
  syntheses: ['mentions'],
  evaluations: ['mentions', 'chains', 'triples'],
}

/** Adapters are not in the door of their area: cli alone picks one. */
const ADAPTER_FOLDERS = ['graph/stores', 'ingest/queues', 'ingest/readers', 'ingest/sources', 'extract/encoders']

/** Each foreign package stands in one place. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  '@fastify/busboy': /^api\/server\/multipart\.ts$/,
  bull: /^ingest\/queues\/bull\.ts$/,
  chardet: /^ingest\/decode\.ts$/,
  commander: /^cli\/main\.ts$/,
  compromise: /^extract\/mentions\/tag\.ts$/,
  // Streamed rows of a collection, and a small file beside an ontology: two stages that must not know each other.
  'csv-parse': /^(ingest\/readers\/csv|ontology\/file\/gazetteer)\.ts$/,
  eld: /^ingest\/sentences\/language\.ts$/,
  express: /^api\/(app|server\/\w+)\.ts$/,
  'express-rate-limit': /^api\/server\/limits\.ts$/,
  'fast-glob': /^ingest\/sources\/paths\.ts$/,
  'file-type': /^ingest\/detect\.ts$/,
  graphology: /^(graph\/[\w-]+\.ts|web\/graph\/(place\.ts|picture\.tsx))$/,
  'graphology-layout-forceatlas2': /^web\/graph\/place\.ts$/,
  helmet: /^api\/app\.ts$/,
  htmlparser2: /^ingest\/readers\/html\.ts$/,
  'iconv-lite': /^ingest\/decode\.ts$/,
  libsql: /^graph\/stores\/sqlite[\w-]*\.ts$/,
  mammoth: /^ingest\/readers\/docx\.ts$/,
  'markdown-it': /^ingest\/readers\/markdown\.ts$/,
  // Reading and writing ontologies, and writing graphs.
  n3: /^(ontology\/formats|graph\/export)\/rdf\.ts$/,
  'neo4j-driver': /^graph\/stores\/neo4j[\w-]*\.ts$/,
  'onnxruntime-node': /^extract\/encoders\/onnx\.ts$/,
  'pdfjs-dist': /^ingest\/readers\/pdf\.ts$/,
  preact: /^web\//,
  'prom-client': /^api\/server\/metrics\.ts$/,
  sigma: /^web\/graph\/picture\.tsx$/,
  'tar-stream': /^ingest\/sources\/tar\.ts$/,
  vite: /^web\/vite\.config\.ts$/,
  yaml: /^ontology\/file\/yaml\.ts$/,
  // Archives of documents, and the jar of Neo4j Browser: two areas that must not know each other.
  yauzl: /^(ingest\/sources\/zip|cli\/neo4j\/unpack)\.ts$/,
  zod: /^(api\/|config\.ts$)/,
}

const FORBIDDEN_NAMES = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc', 'core', 'base', 'manager', 'service', 'types', 'interfaces', 'src']

const files = [
  ...readdirSync('.').filter((name) => name.endsWith('.ts') && !name.startsWith('.') && !name.endsWith('.config.ts')),
  ...AREAS.filter((area) => existsSync(area)).flatMap((area) => readdirSync(area, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name)).map((name) => join(area, name))),
].map((file) => file.replaceAll('\\', '/')).sort()
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
const specifiers = new Map(files.map((file) => [file, ts.preProcessFile(texts.get(file)!, true, true).importedFiles.map(({ fileName }) => fileName)]))
const imports = files.flatMap((from) => specifiers.get(from)!.filter((name) => name.startsWith('.') && !name.endsWith('.css')).map((name) => ({ from, to: normalize(join(dirname(from), name)).replaceAll('\\', '/') })))

function areaOf(file: string): string {
  if (file.includes('/')) return file.slice(0, file.indexOf('/'))
  return file.replace(/\.ts$/, '')
}

function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

/** Code without comments; a word in prose breaks no rule. */
function codeOf(file: string): string {
  return texts.get(file)!.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

describe('the house', () => {
  it('is found', () => {
    expect(files.length).toBeGreaterThan(50)
  })

  it('imports one way between areas', () => {
    const wrong = imports.filter(({ from, to }) => areaOf(from) !== areaOf(to) && !MAY_IMPORT[areaOf(from)]?.includes(areaOf(to)))
    expect(wrong).toEqual([])
  })

  it('imports one way inside extract: mentions, chains, pairs, triples', () => {
    const part = (file: string) => /^extract\/(\w+)\//.exec(file)?.[1]
    const wrong = imports.filter(({ from, to }) => {
      const [inner, outer] = [part(from), part(to)]
      return inner !== undefined && outer !== undefined && inner !== outer && !EXTRACT_MAY_IMPORT[inner]?.includes(outer)
    })
    expect(wrong).toEqual([])
  })

  it('enters a folder from outside through its index.ts only, and never through it from inside', () => {
    const wrong = imports.filter(({ from, to }) => {
      if (to.endsWith('index.ts') && dirname(from) === dirname(to)) return from !== 'index.ts' && !(dirname(to) === '.' && areaOf(from) === 'cli')
      const entered = foldersOf(to).filter((folder) => !foldersOf(from).includes(folder))
      if (entered.length === 0) return to.endsWith('/index.ts')
      // The door of api would bring the server into browsers.
      if (areaOf(from) === 'web' && areaOf(to) === 'api') return to !== 'api/client.ts'
      if (!to.endsWith('/index.ts')) return true
      return entered.length > 1 && !(areaOf(from) === 'cli' && ADAPTER_FOLDERS.includes(dirname(to)))
    })
    expect(wrong).toEqual([])
  })

  it('has no circle of imports, those of types included', () => {
    const next = new Map(files.map((file) => [file, imports.filter(({ from }) => from === file).map(({ to }) => to)]))
    const done = new Set<string>()
    const visit = (file: string, path: readonly string[]): string[] => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
      if (done.has(file)) return []
      for (const to of next.get(file) ?? []) {
        const circle = visit(to, [...path, file])
        if (circle.length > 0) return circle
      }
      done.add(file)
      return []
    }
    expect(files.map((file) => visit(file, [])).filter((circle) => circle.length > 0)).toEqual([])
  })

  it('names only files that exist', () => {
    expect(imports.filter(({ to }) => !existsSync(to))).toEqual([])
  })

  it('keeps each foreign package in its place', () => {
    const packageOf = (name: string) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')
    const wrong = files.flatMap((file) => specifiers.get(file)!
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:') && !PACKAGES[packageOf(name)]?.test(file))
      .map((name) => `${file}: ${name}`))
    expect(wrong).toEqual([])
  })

  it('has no file above 300 lines', () => {
    const lines = (file: string) => texts.get(file)!.trimEnd().split('\n').length
    expect(files.filter((file) => lines(file) > 300).map((file) => `${file}: ${lines(file)}`)).toEqual([])
  })

  it('has no name that says nothing', () => {
    expect(files.filter((file) => file.split(/[/.]/).some((part) => FORBIDDEN_NAMES.includes(part)))).toEqual([])
  })

  it.each([
    ['the environment', /\bprocess\.env\b/],
    ['the clock', /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/],
    ['randomness', /\bMath\.random\(|\brandomUUID\(|\brandomBytes\(/],
    ['the console', /\bconsole\.\w+\(|\bprocess\.(stdout|stderr)\b/],
  ])('sees %s in cli only', (_, pattern) => {
    expect(files.filter((file) => areaOf(file) !== 'cli' && pattern.test(codeOf(file)))).toEqual([])
  })
})
