// ONNX file -> pair vectors, by onnxruntime-node. Runs inside a worker: `session.run` blocks its thread.
// One window a run, without padding: what stands beside it in a batch must not change it.
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { EncoderInput } from '../encoder.ts'

export type DeviceName = 'cpu' | 'cuda' | 'webgpu'

/** A loaded model; windows go through one by one. */
export interface Session {
  run(input: EncoderInput): Promise<Float32Array> // (pairs, width)
  release(): Promise<void>
}

/** Loads `path` on `device`; throws where the device's provider is missing. */
export async function openSession(path: string, device: DeviceName): Promise<Session> {
  const session = await InferenceSession.create(path, {
    executionProviders: [device],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // Spinning threads starve their neighbours on shared machines.
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
  })
  return {
    async run({ ids, positions, types, slots, starts }) {
      const outputs = await session.run({
        input_ids: row(ids), position_ids: row(positions), token_type_ids: row(types), slot_ids: row(slots), slot_starts: row(starts),
      })
      return Float32Array.from(outputs['vectors']!.data as Float32Array)
    },
    release: () => session.release(),
  }
}

function row(values: Int32Array): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length])
}
