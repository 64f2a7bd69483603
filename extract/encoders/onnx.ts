// ONNX file -> named rows of numbers in, named numbers out, by onnxruntime-node. Runs inside a worker: `session.run` blocks its thread.
// One window a run, without padding: what stands beside it in a batch must not change it.
import { env, InferenceSession, Tensor } from 'onnxruntime-node'
import { addsInPairs } from './processor.ts'

export type DeviceName = 'cpu' | 'cuda' | 'webgpu'

/** One window: the model's inputs by their names. */
export type Window = Readonly<Record<string, Int32Array>>
/** What the model says of a window: its outputs by their names, each with a buffer of its own. */
export type WindowOutput = Readonly<Record<string, Float32Array<ArrayBuffer>>>

/** A loaded model; windows go through one by one. */
export interface Session {
  run(window: Window): Promise<WindowOutput>
}

// What fails is thrown; the runtime would tell it on stderr as well, a device that is only tried for included.
env.logLevel = 'fatal'

/** Loads `path` on `device`; throws where the device's provider is missing. */
export async function openSession(path: string, device: DeviceName): Promise<Session> {
  const session = await InferenceSession.create(path, {
    executionProviders: [device],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // Spinning threads starve their neighbours on shared machines.
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' }, ...(addsInPairs() ? { x64quantprecision: '1' } : {}) } },
  })
  return {
    async run(window) {
      const outputs = await session.run(Object.fromEntries(Object.entries(window).map(([name, values]) => [name, row(values)])))
      return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data as Float32Array<ArrayBuffer>]))
    },
  }
}

function row(values: Int32Array): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length])
}
