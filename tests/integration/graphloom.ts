// Runs the compiled command line as users do, in a folder of its own.
import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const MAIN = resolve('dist/cli/main.js')

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export const workFolder = (): string => mkdtempSync(join(tmpdir(), 'graphloom-test-'))

/** `killAfter` milliseconds the process gets SIGKILL. */
export function graphloom(args: readonly string[], options: { cwd: string; killAfter?: number; env?: Record<string, string>; input?: string }): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: options.cwd, env: { ...process.env, ...options.env } })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
    child.stdin.end(options.input ?? '')
    const timer = options.killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), options.killAfter)
    child.on('error', fail).on('close', (code) => {
      clearTimeout(timer)
      done({ code, stdout, stderr })
    })
  })
}

export const write = (folder: string, name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

export const lines = (text: string): unknown[] => text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as unknown)

export const ONTOLOGY = `name: companies
version: 1.0.0
types:
  Person: { description: "A human being.", ner: [PER] }
  Company: { description: "A business.", ner: [ORG], patterns: ['\\b[A-Z]\\w+ (?:Inc|Ltd|GmbH|Corp)\\b'] }
  Place: { description: "A city or country.", ner: [LOC] }
relations:
  WORKS_FOR:
    label: works for
    description: "The head works, or worked, for the tail."
    domain: Person
    range: Company
    aliases: ["joined", "is employed by", "works at"]
    examples:
      - "<h>Ada Lovelace</h> joined <t>Acme Corp</t> as an engineer."
      - "<h>Bob Stone</h> works for <t>Initech Ltd</t>."
      - "<t>Globex Corp</t> hired <h>Carla Diaz</h> as its chief accountant."
      - "<h>Henry Adams</h> has been employed by <t>Umbra GmbH</t> since May."
    negatives:
      - "<h>John Smith</h> read a book about <t>Apple Inc</t>."
      - "<h>Mary Jones</h> sued <t>Acme Corp</t> over the noise."
  HEADQUARTERED_IN:
    label: headquartered in
    description: "The head has its main office in the tail."
    domain: Company
    range: Place
    aliases: ["based in"]
    examples:
      - "<h>Acme Corp</h> is headquartered in <t>London</t>."
      - "<h>Initech Ltd</h>, based in <t>Paris</t>, makes pens."
      - "The headquarters of <h>Globex Corp</h> are in <t>Madrid</t>."
    negatives:
      - "<h>Acme Corp</h> sold a machine to a school in <t>Berlin</t>."
  FOUNDED_ON: { label: founded on, description: "The head was founded on the tail.", domain: Company, range: date, functional: true, examples: ["<h>Acme Corp</h> was founded in <t>1842</t>.", "<h>Initech Ltd</h>, founded in <t>1999</t>, makes pens.", "In <t>1970</t> <h>Globex Corp</h> was established."] }
`

const PEOPLE = ['Maria Keller', 'James Porter', 'Emma Clarke', 'David Miller', 'Laura Bennett', 'Peter Walsh', 'Susan Howard', 'Thomas Reed', 'Anna Fischer', 'George Hill']
const COMPANIES = ['Borealis Corp', 'Tamarind Ltd', 'Quillon GmbH', 'Vantor Inc', 'Merrow Ltd', 'Solvex Corp', 'Ostara GmbH', 'Pelican Inc']
const CITIES = ['London', 'Paris', 'Madrid', 'Vienna', 'Berlin', 'Oslo', 'Rome']

/** A collection of `count` records, each some sentences; the same for the same `count`. */
export function collection(count: number): { id: string; text: string }[] {
  const of = (list: readonly string[], index: number) => list[index % list.length] as string
  return Array.from({ length: count }, (_, i) => ({
    id: `r${i}`,
    text: `${of(PEOPLE, i)} joined ${of(COMPANIES, i * 3 + (i % 5))} as an engineer. ${of(COMPANIES, i * 3 + (i % 5))} is headquartered in ${of(CITIES, i * 3 + (i % 5))}. ` +
      `${of(COMPANIES, i + 4)} was founded in ${1900 + (i % 90)}. ${of(PEOPLE, i + 3)} read a book about ${of(COMPANIES, i + 2)}.`,
  }))
}

export const jsonLines = (records: readonly unknown[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('')
