// The pid file of a home: which java process serves it, and on which ports.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Running {
  /** Of the java process itself, not of a shell around it. */
  readonly pid: number
  readonly boltPort: number
  readonly httpPort: number
}

const pidFile = (home: string) => join(home, 'run', 'neo4j.json')

/** The server that runs under `home`; a file left by a crash or a reboot counts for nothing. */
export async function readRunning(home: string): Promise<Running | undefined> {
  if (!existsSync(pidFile(home))) return undefined
  const running = parse(await readFile(pidFile(home), 'utf8'))
  return running && serves(running.pid, home) ? running : undefined
}

/** Writes the pid file; false when another start of the same home was faster. */
export async function claim(home: string, running: Running): Promise<boolean> {
  if ((await readRunning(home)) === undefined) await release(home) // what a crash left
  try {
    await writeFile(pidFile(home), `${JSON.stringify(running)}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

export const release = (home: string): Promise<void> => rm(pidFile(home), { force: true })

/** Whether process `pid` is the Neo4j of `home`: ids are used again, and a zombie has no command line. */
export function serves(pid: number, home: string): boolean {
  const arguments_ = commandLine(pid)
  return arguments_.includes(`--home-dir=${home}`)
}

function commandLine(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

function parse(text: string): Running | undefined {
  try {
    const { pid, boltPort, httpPort } = JSON.parse(text) as Partial<Running>
    return pid && boltPort && httpPort ? { pid, boltPort, httpPort } : undefined
  } catch {
    return undefined // a file half written when the machine stopped
  }
}
