// A process of its own, with a driver of its own: opens the encoders and says on stdout what runs and what it says of a text. Arguments: device, whether there is a clock.
import { fileURLToPath } from 'node:url'
import { openEncoders } from '../../../extract/encoders/index.ts'
import { pairWindow, spanWindow } from './windows.ts'

const [device, timed] = process.argv.slice(2) as ['auto' | 'cpu' | 'cuda' | 'webgpu', string?]
const text = 'Ada Lovelace joined Acme Corp.'
try {
  const encoders = await openEncoders({ models: fileURLToPath(new URL('../../../models', import.meta.url)), device, workers: 1, machine: { clock: timed ? () => performance.now() : () => 0, env: process.env } })
  const { relations, entities } = encoders
  // Where the device is what is asked about, what it says is not.
  const outputs: Readonly<Record<string, Float32Array>> = device === 'auto' ? {} : { ...(await relations.encode([pairWindow(relations, text)]))[0]!, ...(await entities.encode([spanWindow(entities, text)]))[0]! }
  process.stdout.write(JSON.stringify({ device: encoders.device, models: [relations.model, entities.model], outputs: Object.fromEntries(Object.entries(outputs).map(([name, values]) => [name, [...values]])) }))
  await encoders.close()
} catch (error) {
  const { code, message } = error as { code: string; message: string }
  process.stdout.write(JSON.stringify({ code, message }))
}
