// Paths as users write them -> files with their uris, each real file once, sorted by uri.
import { promises as fs } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import fastGlob from 'fast-glob'

/** A file below one of the given roots. */
export interface Listed {
  readonly uri: string
  readonly path: string
}

export interface Listing {
  readonly files: readonly Listed[]
  /** Arguments that lead to nothing. */
  readonly missing: readonly string[]
}

/** All files that the paths name; files whose uris would be the same are named from their common folder. */
export async function listFiles(paths: readonly string[]): Promise<Listing> {
  const files = new Map<string, string>() // real path -> uri
  const missing: string[] = []
  for (const path of paths) {
    const found = await filesOf(path)
    if (found === undefined) missing.push(path)
    for (const file of found ?? []) {
      const real = await fs.realpath(file.path).catch(() => resolve(file.path))
      if (!files.has(real)) files.set(real, file.uri)
    }
  }
  const distinct = withDistinctUris(files)
  return { files: distinct.sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0)), missing: [...missing].sort() }
}

async function filesOf(path: string): Promise<Listed[] | undefined> {
  const stat = await fs.stat(path).catch(() => undefined)
  if (stat?.isDirectory()) return walk(path)
  if (stat !== undefined) return [{ uri: basename(path), path }]
  if (!fastGlob.isDynamicPattern(path)) return undefined
  const parts = path.split('/')
  const fixed = parts.slice(0, parts.findIndex(part => part !== '' && fastGlob.isDynamicPattern(part))).join('/')
  const root = fixed || (path.startsWith('/') ? '/' : '.')
  const found = await fastGlob.glob(path, { onlyFiles: true, followSymbolicLinks: false, dot: false })
  return found.length === 0 ? undefined : found.sort().map(file => ({ uri: slashed(relative(root, file)), path: file }))
}

/** Files below a folder, hidden ones left out; a link is followed once, so a circle of links ends. */
async function walk(root: string): Promise<Listed[]> {
  const files: Listed[] = []
  const visited = new Set<string>()
  const folders = [root]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const real = await fs.realpath(folder)
    if (visited.has(real)) continue
    visited.add(real)
    const names = (await fs.readdir(folder)).filter(name => !name.startsWith('.')).sort()
    for (const name of names) {
      const path = join(folder, name)
      const stat = await fs.stat(path).catch(() => undefined)
      if (stat?.isDirectory()) folders.push(path)
      else if (stat === undefined || stat.isFile()) files.push({ uri: slashed(relative(root, path)), path })
    }
  }
  return files
}

/** Gives every file whose uri another file shares the path below the folder that all of these have in common. */
function withDistinctUris(files: ReadonlyMap<string, string>): Listed[] {
  const uris = new Map(files)
  const renamed = new Set<string>()
  for (;;) {
    const uses = new Map<string, number>()
    for (const uri of uris.values()) uses.set(uri, (uses.get(uri) ?? 0) + 1)
    const clashing = [...uris.keys()].filter(path => uses.get(uris.get(path)!)! > 1 && !renamed.has(path))
    if (clashing.length === 0) return [...uris].map(([path, uri]) => ({ uri, path }))
    for (const path of clashing) renamed.add(path)
    const ancestor = commonFolder([...renamed])
    for (const path of renamed) uris.set(path, slashed(relative(ancestor, path)))
  }
}

function commonFolder(paths: readonly string[]): string {
  let folder = dirname(paths[0]!)
  while (!paths.every(path => path.startsWith(folder.endsWith(sep) ? folder : folder + sep))) folder = dirname(folder)
  return folder
}

function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/')
}
