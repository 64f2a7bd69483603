// A job on disk: its state beside its folder, replaced in one step, so that jobs go on after a restart.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { IngestJob, IngestRequest } from '../jobs.ts'

export interface KeptJob {
  readonly request: IngestRequest
  readonly job: IngestJob
}

/** Jobs in a folder, one JSON file each. */
export class JobFiles {
  readonly #root: string
  #line: Promise<void> = Promise.resolve()

  constructor(root: string) {
    this.#root = root
  }

  /** Every job that was kept, in the order of their making. */
  async load(): Promise<readonly KeptJob[]> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 })
    const names = (await readdir(this.#root)).filter((name) => name.endsWith('.json'))
    const kept: KeptJob[] = []
    for (const name of names) kept.push(JSON.parse(await readFile(join(this.#root, name), 'utf8')) as KeptJob)
    return kept.sort((a, b) => (a.job.created < b.job.created || (a.job.created === b.job.created && a.job.id < b.job.id) ? -1 : 1))
  }

  /** Saves wait for each other, so that the last state asked for is the one that stays. */
  save(kept: KeptJob): Promise<void> {
    const path = this.#path(kept.job.id)
    const turn = this.#line.then(async () => {
      await writeFile(`${path}.new`, JSON.stringify(kept), { mode: 0o600 })
      await rename(`${path}.new`, path)
    })
    this.#line = turn.catch(() => undefined)
    return turn
  }

  async remove(id: string): Promise<void> {
    await rm(this.#path(id), { force: true })
  }

  #path(id: string): string {
    return join(this.#root, `${id}.json`)
  }
}
