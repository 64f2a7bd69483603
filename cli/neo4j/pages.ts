// Neo4j Browser and our pages -> a folder that this Neo4j serves under /browser: the guide opens after the login without another server.
// Neo4j serves the first `browser` of its class path, so the Browser is unpacked from its jar and our pages are put beside it.
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GraphloomError } from '../../errors.ts'
import { type BrowserPage, browserPages } from '../../graph/index.ts'
import { place, releaseOf } from './place.ts'
import { BROWSER_VERSION } from './resolve.ts'
import { unpack } from './unpack.ts'

/** Path below Browser's own address. */
const OURS = 'graphloom'
const RELEASE = `browser-${BROWSER_VERSION}`

/** The folder that stands first on the class path. */
export const pagesFolder = (home: string): string => join(home, 'pages')
const ownFolder = (home: string): string => join(pagesFolder(home), 'browser', OURS)

/** Unpacks the Browser of a home, and puts pages for an empty graph where there are none. */
export async function placeBrowser(home: string): Promise<void> {
  if ((await releaseOf(pagesFolder(home))) !== RELEASE) {
    const jar = (await readdir(join(home, 'lib'))).find((name) => name === `neo4j-browser-${BROWSER_VERSION}.jar`)
    if (jar === undefined) throw new GraphloomError('neo4j.browser-missing', `${join(home, 'lib')} has no Neo4j Browser. Delete that folder and start again.`)
    await place(pagesFolder(home), RELEASE, (folder) => unpack(join(home, 'lib', jar), 'browser/', folder))
  }
  if ((await readdir(ownFolder(home)).catch(() => [])).length === 0) await putPages(home, browserPages([]))
}

/** Gives this home's Browser new pages; one that is open has them at the next login. */
export async function putPages(home: string, pages: readonly BrowserPage[]): Promise<void> {
  const folder = ownFolder(home)
  await mkdir(folder, { recursive: true })
  for (const { name, body } of pages) {
    await writeFile(join(folder, `${name}.draft`), body)
    await rename(join(folder, `${name}.draft`), join(folder, name))
  }
}

/** Settings of neo4j.conf that open style and guide right after the login. */
export function pageSettings(httpPort: number): Readonly<Record<string, string>> {
  return openSettings(`http://127.0.0.1:${httpPort}/browser/${OURS}`)
}

/** The same for pages at any address, in a Neo4j of the user's own. */
export function openSettings(address: string): Readonly<Record<string, string>> {
  return {
    'browser.post_connect_cmd': `style ${address}/style.grass; guide ${address}/guide.html`,
    'browser.remote_content_hostname_whitelist': [...new Set([new URL(address).hostname, '127.0.0.1', 'localhost', 'guides.neo4j.com'])].join(','),
  }
}
