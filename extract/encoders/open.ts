// Folder of bundles + wished device -> both encoders over one pool of workers.
import { join } from 'node:path'
import { GraphloomError } from '../../errors.ts'
import type { Encoder } from '../encoder.ts'
import type { EntityEncoder } from '../entity-encoder.ts'
import { loadTokenizer } from '../tokenizer/index.ts'
import { type Numeric, openBundle } from './bundle.ts'
import { type Device, type Machine, startOn } from './device.ts'
import { entityEncoder } from './entities.ts'
import { entityHead } from './entity-head.ts'
import type { DeviceName } from './onnx.ts'
import { relationHead } from './relation-head.ts'
import { relationEncoder } from './relations.ts'

export interface EncoderOptions {
  /** The folder of bundles. */
  readonly models: string
  readonly device: 'auto' | DeviceName
  /** Worker threads on the CPU; a GPU is fed by one. */
  readonly workers: number
  readonly machine?: Machine
}

export interface Encoders {
  readonly relations: Encoder
  readonly entities: EntityEncoder
  readonly device: Device
  close(): Promise<void>
}

/** [CLS] [SEP] and one pair on them. */
const PROBE = { input_ids: Int32Array.of(101, 102, 1, 2, 3, 4, 103), position_ids: Int32Array.of(0, 1, 0, 0, 1, 1, 511), token_type_ids: Int32Array.of(0, 0, 1, 1, 1, 1, 1), slot_ids: Int32Array.of(0, 0, 1, 1, 1, 1, 1), slot_starts: Int32Array.of(2) }

/** Opens the relation encoder and the entity encoder; every worker has both. */
export async function openEncoders({ models, device: wished, workers, machine = { clock: () => 0, env: {} } }: EncoderOptions): Promise<Encoders> {
  if (!Number.isInteger(workers) || workers < 1) {
    throw new GraphloomError('usage.workers', `The number of workers is ${workers}; expected a whole number from 1.`)
  }
  const open = async (numeric: Numeric) => ({
    relations: await openBundle(join(models, 'relation-encoder'), 'packed-pairs', numeric, relationHead),
    entities: await openBundle(join(models, 'entity-encoder'), 'spans', numeric, entityHead),
  })
  const { bundles: { relations, entities }, pool, device } = await startOn<'relations' | 'entities', Awaited<ReturnType<typeof open>>>(open, { wished, workers, probe: { model: 'relations', window: PROBE }, machine })
  const tokenizer = await loadTokenizer(relations.tokenizerPath)
  const entityTokenizer = entities.tokenizerHash === relations.tokenizerHash ? tokenizer : await loadTokenizer(entities.tokenizerPath)
  return {
    relations: relationEncoder(relations, tokenizer, (windows) => pool.run('relations', windows)),
    entities: entityEncoder(entities, entityTokenizer, (windows) => pool.run('entities', windows)),
    device,
    close: () => pool.close(),
  }
}
