// A folder that holds a release: complete or not there, whatever was interrupted.
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** The file that names what a folder holds; written last. */
export const MARK = 'release'

/** Fills a folder beside `target`, then renames it. */
export async function place(target: string, release: string, fill: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  const draft = await mkdtemp(`${target}.draft-`)
  try {
    await fill(draft)
    await writeFile(join(draft, MARK), release)
    await rm(target, { recursive: true, force: true })
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if ((await releaseOf(target)) !== release) throw error // another process placed the same release first
  }
}

/** What a folder holds; undefined where it is not complete. */
export async function releaseOf(folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, MARK), 'utf8')
  } catch {
    return undefined
  }
}
