// What the runtime needs for CUDA and what of it this machine lacks. The runtime loads its providers from its own folder, and they what they are linked with.
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

export interface CudaProvider {
  readonly version: string
  /** Where the runtime looks for its providers. */
  readonly folder: string
  /** Libraries that are not found, the providers themselves first. */
  readonly missing: readonly string[]
}

/** On Linux; the runtime has no CUDA elsewhere but on Windows, where the names are others and the device itself will tell. */
const PROVIDERS = ['libonnxruntime_providers_shared.so', 'libonnxruntime_providers_cuda.so']

/** Why there can be no CUDA here; undefined where there may be. */
export function lacksCuda(): string | undefined {
  return absentFrom(runtime().folder).length > 0 ? 'its provider is not installed' : undefined
}

/** Looks for CUDA's provider and, where it lies, for all that it is linked with (`ldd`). */
export async function inspectCuda(): Promise<CudaProvider> {
  const { version, folder } = runtime()
  const absent = absentFrom(folder)
  if (absent.length > 0) return { version, folder, missing: absent }
  try {
    const { stdout } = await promisify(execFile)('ldd', [join(folder, PROVIDERS[1]!)])
    return { version, folder, missing: [...stdout.matchAll(/(\S+) => not found/gu)].map(([, name]) => name!) }
  } catch {
    return { version, folder, missing: [] } // without ldd nobody can tell; the device itself will
  }
}

function runtime(): { readonly version: string; readonly folder: string } {
  const { resolve } = createRequire(import.meta.url)
  const root = dirname(dirname(resolve('onnxruntime-node')))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return { version, folder: join(root, 'bin', 'napi-v6', process.platform, process.arch) }
}

function absentFrom(folder: string): string[] {
  return process.platform === 'win32' ? [] : PROVIDERS.filter((name) => !existsSync(join(folder, name)))
}
