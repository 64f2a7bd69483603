// Bundles + wished device -> a pool on the first device that works, and why it is that one.
import { GraphloomError, isGraphloomError } from '../../errors.ts'
import type { Bundle, Numeric } from './bundle.ts'
import { lacksCuda } from './cuda.ts'
import type { DeviceName, Window } from './onnx.ts'
import { type Pool, startPool } from './pool.ts'
import { type Environment, lacksVulkan } from './vulkan.ts'

/** What runs, and why. */
export interface Device {
  readonly name: DeviceName
  readonly why: string
}

export interface DeviceOptions<Model extends string> {
  readonly wished: 'auto' | DeviceName
  /** Threads on the CPU; a GPU is fed by one. */
  readonly workers: number
  /** A short window by which `auto` tells a GPU from software that draws like one. */
  readonly probe: { readonly model: Model; readonly window: Window }
  readonly machine: Machine
}

/** What `auto` asks of the machine before it takes a GPU. */
export interface Machine {
  /** In milliseconds. */
  readonly clock: () => number
  /** May name Vulkan drivers. */
  readonly env: Environment
}

export interface Started<Model extends string, Bundles> {
  readonly bundles: Bundles
  readonly pool: Pool<Model>
  readonly device: Device
}

/** In milliseconds: SwiftShader takes a shortest window 1,400 on two cores; what is as slow as this is no GPU, or not worth being one. */
const SLOW = 150

/** Starts all models on one device; `auto` takes CUDA, then WebGPU, then the CPU. `open` gives the bundles of a numeric type. */
export async function startOn<Model extends string, Bundles extends Readonly<Record<Model, Bundle>>>(open: (numeric: Numeric) => Promise<Bundles>, options: DeviceOptions<Model>): Promise<Started<Model, Bundles>> {
  const { wished, workers, machine } = options
  const opened = new Map<Numeric, Promise<Bundles>>()
  const start = async (name: DeviceName, why: string): Promise<Started<Model, Bundles>> => {
    const numeric = name === 'cpu' ? 'int8' : 'fp16'
    const bundles = await (opened.get(numeric) ?? opened.set(numeric, open(numeric)).get(numeric)!)
    const models = Object.fromEntries((Object.entries(bundles) as [Model, Bundle][]).map(([model, { modelPath }]) => [model, modelPath])) as Record<Model, string>
    return { bundles, pool: await startPool({ models, device: name }, name === 'cpu' ? workers : 1), device: { name, why } }
  }
  if (wished !== 'auto') return start(wished, 'asked for')
  const refused: string[] = []
  for (const [name, lacks] of [['cuda', lacksCuda], ['webgpu', () => lacksVulkan(machine.env)]] as const) {
    try {
      const lacking = lacks()
      if (lacking !== undefined) throw new GraphloomError('model.device', lacking)
      const started = await start(name, ['first that works', ...refused].join('; '))
      try {
        await refuseSlow(started.pool, options)
      } catch (error) {
        await started.pool.close()
        throw error
      }
      return started
    } catch (error) {
      if (!isGraphloomError(error)) throw error
      refused.push(`no ${name}: ${reasonOf(error)}`)
    }
  }
  return start('cpu', refused.join('; '))
}

/** Throws `model.device` where a pool is slower than a CPU would be, and what its runtime throws where it starts but does not run. */
async function refuseSlow<Model extends string>(pool: Pool<Model>, { probe, machine: { clock } }: DeviceOptions<Model>): Promise<void> {
  await pool.run(probe.model, [probe.window]) // compiles its kernels
  const before = clock()
  await pool.run(probe.model, [probe.window])
  const milliseconds = Math.round(clock() - before)
  if (milliseconds > SLOW) throw new GraphloomError('model.device', `a shortest window takes ${milliseconds} ms there, as on a driver that computes on the CPU`)
}

/** What a runtime's message says, without where in its sources it stands. */
function reasonOf({ message }: Error): string {
  return message.split('\n', 1)[0]!.replace(/^The models do not run on \w+: |\/\S*\.cc:.* was false\. /g, '').slice(0, 200)
}
