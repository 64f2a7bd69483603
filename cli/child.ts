// Processes that `graphloom up` looks after: begun again when they die, ended in order, never left behind.
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Kept {
  stop(): Promise<void>
}

export interface KeepOptions {
  readonly name: string
  readonly arguments_: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  /** Told when it ended by itself. */
  readonly onDeath: (words: string) => void
}

const LONGEST_PAUSE = 30_000 // milliseconds
const STOP_SECONDS = 120
/** Exit code of a worker that cannot work here at all: begun again, it would only say so again. */
const HOPELESS = 3

/** Keeps a command of this program running. */
export function keepRunning({ name, arguments_, environment, onDeath }: KeepOptions): Kept {
  let child: ChildProcess | undefined
  let stopping = false
  const run = async () => {
    for (let pause = 1000; !stopping; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      const since = performance.now()
      // A group of its own, so that Ctrl-C leaves the order to us; the channel tells the child when we are gone.
      child = spawn(process.execPath, [...process.execArgv, process.argv[1] as string, ...arguments_], { detached: true, env: environment, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
      const code = await ended(child)
      if (stopping) return
      if (code === HOPELESS) return onDeath(`${name} cannot work (see above) and is not started again.`)
      if (performance.now() - since > LONGEST_PAUSE) pause = 1000
      onDeath(`${name} ended (${code}); it is started again in ${pause / 1000} s.`)
      await sleep(pause, undefined, { ref: false })
    }
  }
  const running = run()
  return {
    async stop() {
      stopping = true
      if (child !== undefined && child.exitCode === null && child.signalCode === null) {
        await endChild(child, STOP_SECONDS)
        await running
      }
    },
  }
}

/** SIGTERM, and SIGKILL when that did not help within `seconds`. */
export async function endChild(child: ChildProcess, seconds: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = ended(child)
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000)
  await gone
  clearTimeout(timer)
}

function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((done) => { child.once('exit', (code, signal) => done(code ?? signal)).once('error', (error) => done(error.message)) })
}
