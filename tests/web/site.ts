// The web page as users have it: `graphloom serve` over a graph that `graphloom ingest` made from the examples, in a real Chromium.
import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { openChromium } from '../fixtures/chromium.ts'
import { graphloom, MAIN, workFolder } from '../integration/graphloom.ts'

export interface Site {
  readonly url: string
  readonly folder: string
  /** A page of its own; what goes wrong in it is kept in `wrong`. */
  open(options?: { readonly width?: number; readonly height?: number; readonly dark?: boolean }): Promise<Page>
  /** Answer of the API. */
  get<Answer>(path: string): Promise<Answer>
}

interface OpenSite extends Site {
  /** Errors of pages, refusals of the content security policy among them. */
  readonly wrong: readonly string[]
  close(): Promise<void>
}

const EXAMPLES = resolve('examples')
/** More than is asked for by default, so that enough is left to review. */
const PRECISION = '0.9'

/** For what comes of a click in the end: a browser draws, and a model may read, on a machine that may have other work. */
export const PATIENT = { timeout: 60_000 }

/** The site of a test file, there for its tests; in the end nothing may have gone wrong in any page. */
export function useSite(): Site {
  // A model reads the examples first.
  vi.setConfig({ testTimeout: 180_000, hookTimeout: 600_000 })
  let opened: OpenSite | undefined
  const site = (): OpenSite => {
    if (!opened) throw new Error('The site is open while tests run.')
    return opened
  }
  beforeAll(async () => { opened = await openSite() })
  afterAll(async () => {
    await opened?.close()
    expect(opened?.wrong ?? []).toEqual([])
  })
  return { get url() { return site().url }, get folder() { return site().folder }, open: (options) => site().open(options), get: (path) => site().get(path) }
}

/** Graph, server and browser. */
async function openSite(): Promise<OpenSite> {
  const folder = workFolder()
  const store = `sqlite:${join(folder, 'graph.db')}`
  const made = await graphloom(['ingest', join(EXAMPLES, 'documents'), '--ontology', join(EXAMPLES, 'ontology.yaml'), '--store', store, '--precision', PRECISION, '--workers', '1'], { cwd: folder })
  if (made.code !== 0) throw new Error(made.stderr)
  const server = await startServer(folder, ['--store', store, '--ontology', join(EXAMPLES, 'ontology.yaml'), '--precision', PRECISION, '--workers', '1'])
  const browser = await openChromium()
  const wrong: string[] = []
  return {
    url: server.url,
    folder,
    wrong,
    open: (options) => openPage(browser, server.url, wrong, options),
    get: async <Answer>(path: string) => (await (await fetch(`${server.url}/v1/${path}`)).json()) as Answer,
    async close() {
      await browser.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** `graphloom serve` on a free port. */
export async function startServer(cwd: string, args: readonly string[]): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  return { url: await addressOf(child), stop: () => stopped(child) }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let said = ''
    const listen = (text: string) => {
      said += text
      const url = /http:\/\/127\.0\.0\.1:\d+/u.exec(said)?.[0]
      if (url !== undefined) found(url)
    }
    child.stdout?.setEncoding('utf8').on('data', listen)
    child.stderr?.setEncoding('utf8').on('data', (text: string) => { said += text })
    child.once('exit', (code) => fail(new Error(`graphloom serve ended with ${code}: ${said}`)))
  })
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null) return done()
    child.once('exit', () => done())
    child.kill('SIGTERM')
  })
}

/** A window of its own: storage is not shared with others. */
export async function openPage(browser: Browser, url: string, wrong: string[], { width = 1280, height = 850, dark = false }: { readonly width?: number; readonly height?: number; readonly dark?: boolean } = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', baseURL: url, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('console', (message) => { if (message.type() === 'error') wrong.push(message.text()) })
  return page
}
