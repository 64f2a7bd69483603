// Folder of bundles + wished device -> both encoders over one pool of workers.
import { join } from 'node:path'
import { GraphloomError } from '../../errors.ts'
import type { Encoder } from '../encoder.ts'
import type { EntityEncoder } from '../entity-encoder.ts'
import { loadTokenizer } from '../tokenizer/index.ts'
import { openBundle } from './bundle.ts'
import { type Device, startOn } from './device.ts'
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
}

export interface Encoders {
  readonly relations: Encoder
  readonly entities: EntityEncoder
  readonly device: Device
  close(): Promise<void>
}

/** Opens the relation encoder and the entity encoder; every worker has both. */
export async function openEncoders({ models, device: wished, workers }: EncoderOptions): Promise<Encoders> {
  if (!Number.isInteger(workers) || workers < 1) {
    throw new GraphloomError('usage.workers', `The number of workers is ${workers}; expected a whole number from 1.`)
  }
  const relations = await openBundle(join(models, 'relation-encoder'), 'packed-pairs', relationHead)
  const entities = await openBundle(join(models, 'entity-encoder'), 'spans', entityHead)
  const tokenizer = await loadTokenizer(relations.tokenizerPath)
  const entityTokenizer = entities.tokenizerHash === relations.tokenizerHash ? tokenizer : await loadTokenizer(entities.tokenizerPath)
  const { pool, device } = await startOn({ relations, entities }, wished, workers)
  return {
    relations: relationEncoder(relations, tokenizer, (windows) => pool.run('relations', windows)),
    entities: entityEncoder(entities, entityTokenizer, (windows) => pool.run('entities', windows)),
    device,
    close: () => pool.close(),
  }
}
