// Model folder + wished device -> Encoder: a checked bundle, its tokenizer and a pool of workers.
import { GraphloomError, isGraphloomError } from '../../errors.ts'
import { type Encoder, type EncoderInput, type EncoderOutput, SLOT_PIECES } from '../encoder.ts'
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

/** Windows a worker takes at once: enough to hide the message, few enough to spread a document over all workers. */
const WINDOWS_A_TASK = 8

/** Opens the relation encoder; `auto` takes CUDA, then WebGPU, then the CPU. */
export async function openEncoder(options: EncoderOptions): Promise<Encoder> {
  if (!Number.isInteger(options.workers) || options.workers < 1) {
    throw new GraphloomError('usage.workers', `The number of workers is ${options.workers}; expected a whole number from 1.`)
  }
  const bundle = await openBundle(options.models)
  const tokenizer = await loadTokenizer(bundle.tokenizerPath)
  const { pool, device } = await startOn(bundle, options)
  return {
    model: bundle.model, width: bundle.width, maxLength: bundle.maxLength, tokenizer, head: bundle.head, device,
    encode: (inputs) => encode(pool, inputs, bundle),
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

async function encode(pool: Pool, inputs: readonly EncoderInput[], { maxLength }: Bundle): Promise<readonly EncoderOutput[]> {
  const tasks: EncoderInput[][] = []
  inputs.forEach((input, k) => {
    const text = input.ids.length - SLOT_PIECES * input.starts.length
    if (input.starts.length === 0 || text < 2 || text > maxLength) {
      throw new RangeError(`window ${k} has ${text} pieces of text and ${input.starts.length} pairs; expected 2 to ${maxLength} pieces and at least one pair`)
    }
    if (k % WINDOWS_A_TASK === 0) tasks.push([])
    tasks.at(-1)!.push(input)
  })
  const vectors = await Promise.all(tasks.map((task) => pool.run(task)))
  return vectors.flat().map((rows) => ({ vectors: rows }))
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!.slice(0, 200)
}
