// Checked bundles + wished device -> a pool on the first device that works, and why it is that one.
import { isGraphloomError } from '../../errors.ts'
import type { Bundle } from './bundle.ts'
import type { DeviceName } from './onnx.ts'
import { type Pool, startPool } from './pool.ts'

/** What runs, and why. */
export interface Device {
  readonly name: DeviceName
  readonly why: string
}

/** Starts all models on one device; `auto` takes CUDA, then WebGPU, then the CPU, where `workers` threads run. */
export async function startOn<Model extends string>(bundles: Readonly<Record<Model, Bundle>>, wished: 'auto' | DeviceName, workers: number): Promise<{ readonly pool: Pool<Model>; readonly device: Device }> {
  const entries = Object.entries(bundles) as [Model, Bundle][]
  const models = Object.fromEntries(entries.map(([model, { modelPath }]) => [model, modelPath])) as Record<Model, string>
  // A GPU is fed by one thread.
  const start = async (name: DeviceName, why: string) => ({ pool: await startPool({ models, device: name }, name === 'cpu' ? workers : 1), device: { name, why } })
  if (wished !== 'auto') return start(wished, 'asked for')
  // int8 kernels exist for CPUs only: on a GPU every layer would travel to and fro.
  const forCpu = entries.flatMap(([, { forGpu, model }]) => (forGpu ? [] : [model]))
  if (forCpu.length > 0) return start('cpu', `${forCpu.join(' and ')} ${forCpu.length === 1 ? 'is' : 'are'} quantized for CPUs`)
  const refused: string[] = []
  for (const name of ['cuda', 'webgpu'] as const) {
    try {
      return await start(name, ['first that works', ...refused].join('; '))
    } catch (error) {
      if (!isGraphloomError(error)) throw error
      refused.push(`no ${name}: ${firstLine(error.message)}`)
    }
  }
  return start('cpu', refused.join('; '))
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!.slice(0, 200)
}
