// Model folder + wished device -> Encoder: a checked bundle, its tokenizer and a pool of workers.
import { GraphloomError, isGraphloomError } from '../../errors.ts'
import type { Encoder, EncoderInput, EncoderOutput } from '../encoder.ts'
import { loadTokenizer } from '../tokenizer/index.ts'
import { type Bundle, openBundle } from './bundle.ts'
import type { DeviceName } from './onnx.ts'
import { type Pool, startPool } from './pool.ts'

export interface EncoderOptions {
  /** The folder of bundles, or a bundle. */
  readonly models: string
  readonly device: 'auto' | DeviceName
  /** Worker threads on the CPU; a GPU is fed by one. */
  readonly workers: number
}

/** Sequences a worker takes at once: enough to hide the message, few enough to spread a document over all workers. */
const SEQUENCES_A_TASK = 8

/** Opens the relation encoder; `auto` takes CUDA, then WebGPU, then the CPU. */
export async function openEncoder(options: EncoderOptions): Promise<Encoder> {
  if (!Number.isInteger(options.workers) || options.workers < 1) {
    throw new GraphloomError('usage.workers', `The number of workers is ${options.workers}; expected a whole number from 1.`)
  }
  const bundle = await openBundle(options.models)
  const tokenizer = await loadTokenizer(bundle.tokenizerPath)
  const { pool, device } = await startOn(bundle, options)
  return {
    model: bundle.model, width: bundle.width, maxLength: bundle.maxLength, tokenizer, device,
    encode: (inputs) => encode(pool, inputs, bundle.maxLength),
    close: () => pool.close(),
  }
}

async function startOn({ modelPath, forGpu, model }: Bundle, { device, workers }: EncoderOptions): Promise<{ pool: Pool; device: Encoder['device'] }> {
  const start = (name: DeviceName): Promise<Pool> => startPool({ modelPath, device: name }, name === 'cpu' ? workers : 1)
  if (device !== 'auto') return { pool: await start(device), device: { name: device, why: 'asked for' } }
  // int8 kernels exist for CPUs only: on a GPU every layer would travel to and fro.
  if (!forGpu) return { pool: await start('cpu'), device: { name: 'cpu', why: `${model} is quantized for CPUs` } }
  const refused: string[] = []
  for (const name of ['cuda', 'webgpu'] as const) {
    try {
      return { pool: await start(name), device: { name, why: ['first that works', ...refused].join('; ') } }
    } catch (error) {
      if (!isGraphloomError(error)) throw error
      refused.push(`no ${name}: ${firstLine(error.message)}`)
    }
  }
  return { pool: await start('cpu'), device: { name: 'cpu', why: refused.join('; ') } }
}

async function encode(pool: Pool, inputs: readonly EncoderInput[], maxLength: number): Promise<readonly EncoderOutput[]> {
  const tasks: Int32Array[][] = []
  inputs.forEach(({ ids }, k) => {
    if (ids.length === 0 || ids.length > maxLength) throw new RangeError(`sequence ${k} has ${ids.length} pieces, expected 1 to ${maxLength}`)
    if (k % SEQUENCES_A_TASK === 0) tasks.push([])
    tasks.at(-1)!.push(ids)
  })
  const states = await Promise.all(tasks.map((ids) => pool.run(ids)))
  return states.flat().map((rows) => ({ states: rows }))
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!.slice(0, 200)
}
