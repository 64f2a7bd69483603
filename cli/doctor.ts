// graphloom doctor: what works on this machine, what is missing, how to mend it.
import { execFile } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { promisify } from 'node:util'
import { EXIT } from './exit.ts'
import { packageVersion, shippedModels } from './paths.ts'

interface Finding {
  readonly what: string
  readonly state: 'works' | 'missing' | 'optional'
  readonly detail: string
  readonly mend?: string
}

const run = promisify(execFile)

export async function doctor({ json, models }: { readonly json?: boolean; readonly models?: string }): Promise<void> {
  const findings = [
    node(), ...await encoders(models ?? shippedModels()), await gpu(), await embeddedStore(),
    await program('Java 17 or 21', 'java', ['-version'], 'apt-get install default-jre-headless', 'for graphloom neo4j start'),
    await program('Maven', 'mvn', ['-v'], 'apt-get install maven', 'for graphloom neo4j start'),
    await program('Redis', 'redis-server', ['--version'], 'apt-get install redis-server', 'only for --queue redis://…'),
  ]
  if (json) process.stdout.write(`${JSON.stringify({ version: packageVersion(), findings }, null, 2)}\n`)
  else for (const { what, state, detail, mend } of findings) process.stdout.write(`${state === 'works' ? 'ok      ' : state === 'missing' ? 'MISSING ' : 'optional'}  ${what}: ${detail}${mend === undefined ? '' : `\n            mend: ${mend}`}\n`)
  if (findings.some(({ state }) => state === 'missing')) process.exitCode = EXIT.missing
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const enough = major > 20 || (major === 20 && minor >= 19)
  const detail = `${process.versions.node}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB memory`
  return enough ? { what: 'Node', state: 'works', detail } : { what: 'Node', state: 'missing', detail, mend: 'install Node 20.19 or newer' }
}

async function encoders(models: string): Promise<Finding[]> {
  try {
    const { openEncoders } = await import('../extract/encoders/index.ts')
    const { relations, entities, device, close } = await openEncoders({ models, device: 'auto', workers: 1, machine: { clock: () => performance.now(), env: process.env } })
    const { encodeMarked } = await import('../extract/index.ts')
    const [vector] = await encodeMarked([{ text: 'Ada joined Acme.', head: { start: 0, end: 3 }, tail: { start: 11, end: 15 } }], relations)
    const ids = Int32Array.of(entities.tokenizer.startId, ...entities.tokenizer.tokenize('Ada joined Acme.').ids, entities.tokenizer.endId)
    const [seen] = await entities.encode([{ ids, shapes: new Int32Array(ids.length) }])
    await close()
    const on = `on ${device.name}: ${device.why}`
    return [
      { what: 'Relation encoder', state: 'works', detail: `${relations.model} ${on}; ${vector!.length} values for a pair` },
      { what: 'Entity encoder', state: 'works', detail: `${entities.model} ${on}; ${seen!.halves.length / ids.length / 2} values for a span` },
    ]
  } catch (error) {
    return [{ what: 'Encoders', state: 'missing', detail: (error as Error).message, mend: 'reinstall graphloom (npm ci), or name a folder of bundles with --models' }]
  }
}

/** What CUDA lacks; WebGPU needs nothing but a driver. */
async function gpu(): Promise<Finding> {
  const { inspectCuda } = await import('../extract/encoders/index.ts')
  const { version, folder, missing } = await inspectCuda()
  if (missing.length === 0) return { what: 'CUDA', state: 'works', detail: `the provider of ONNX Runtime ${version} and all that it is linked with are found` }
  const mend = missing.some((name) => name.startsWith('libonnxruntime'))
    ? `only for --device cuda: ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node, or put those of ONNX Runtime ${version} into ${folder} (docs/models.md)`
    : 'only for --device cuda: install the CUDA, cuDNN 9 and driver libraries, and name their folders in LD_LIBRARY_PATH'
  return { what: 'CUDA', state: 'optional', detail: `${missing.join(', ')} not found`, mend }
}

async function embeddedStore(): Promise<Finding> {
  try {
    const { openStore } = await import('../graph/stores/index.ts')
    await (await openStore('sqlite::memory:')).close()
    return { what: 'Embedded store', state: 'works', detail: 'SQLite opens' }
  } catch (error) {
    return { what: 'Embedded store', state: 'missing', detail: (error as Error).message, mend: 'npm ci on a platform that libsql has a binary for (glibc Linux, macOS, Windows)' }
  }
}

async function program(what: string, command: string, args: readonly string[], mend: string, use: string): Promise<Finding> {
  try {
    const { stdout, stderr } = await run(command, args)
    return { what, state: 'works', detail: (stdout || stderr).split('\n')[0] ?? '' }
  } catch {
    return { what, state: 'optional', detail: `${command} was not found; it is needed ${use}`, mend }
  }
}
