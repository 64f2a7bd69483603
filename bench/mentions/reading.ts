// What reads the annotated documents: the product's own reading, with the shipped entity encoder; `NOVIEW=1` leaves the rules alone.
import { resolve } from 'node:path'
import { openEncoders } from '../../extract/encoders/index.ts'
import { linkChains } from '../../extract/chains/index.ts'
import { compileFinders, findMentions } from '../../extract/mentions/index.ts'
import { compileReading, type Read } from '../../extract/reading.ts'
import { NO_VIEW } from '../../extract/views/index.ts'
import type { CompiledOntology } from '../../ontology/index.ts'

export async function openReading(ontology: CompiledOntology): Promise<{ readonly read: Read; close(): Promise<void> }> {
  if (process.env['NOVIEW'] === '1') {
    const finders = compileFinders(ontology)
    const read: Read = async (document) => {
      const mentions = findMentions(document, finders)
      return { mentions, chains: linkChains(document, mentions, ontology), view: NO_VIEW }
    }
    return { read, close: async () => {} }
  }
  const { entities, close } = await openEncoders({ models: resolve(process.env['MODELS'] ?? 'models'), device: 'cpu', workers: 1 })
  return { read: await compileReading(ontology, entities), close }
}
