// ONNX file -> states, by onnxruntime-node. Runs inside a worker: `session.run` blocks its thread.
// One sequence a run, without padding: dynamic int8 scales depend on the whole tensor, so batch mates would change results.
import { InferenceSession, Tensor } from 'onnxruntime-node'

export type DeviceName = 'cpu' | 'cuda' | 'webgpu'

/** A loaded model; sequences go through one by one. */
export interface Session {
  run(ids: Int32Array): Promise<Float32Array> // (pieces) -> (pieces, width)
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
    async run(ids) {
      const shape = [1, ids.length]
      const outputs = await session.run({
        input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
        attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
      })
      return Float32Array.from(outputs.states!.data as Float32Array)
    },
    release: () => session.release(),
  }
}
