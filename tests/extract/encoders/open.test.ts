import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import type { Encoder } from '../../../extract/encoder.ts'
import { openEncoder } from '../../../extract/encoders/index.ts'

const models = fileURLToPath(new URL('../../../models', import.meta.url))
const one = await openEncoder({ models, device: 'cpu', workers: 1 })
const two = await openEncoder({ models, device: 'auto', workers: 2 })
afterAll(() => Promise.all([one.close(), two.close()]))

function input(encoder: Encoder, text: string): { ids: Int32Array } {
  const { tokenizer } = encoder
  return { ids: Int32Array.from([tokenizer.startId, ...tokenizer.tokenize(text).ids, tokenizer.endId]) }
}

describe('the encoder', () => {
  const texts = ['Ada Lovelace joined Acme Corp in 1842.', 'Short.', 'The company, founded by Grace Hopper in Arlington, is a subsidiary of Remington Rand.', '東京 is in Japan.']

  test('gives a text the same states to the last bit, whatever the batch, the order and the number of workers', async () => {
    const inputs = texts.map((text) => input(one, text))
    const alone = await Promise.all(inputs.map(async (each) => (await one.encode([each]))[0]!.states))
    const batch = await two.encode([...inputs, ...inputs, ...inputs].reverse())
    batch.forEach(({ states }, k) => expect(Buffer.from(states.buffer).equals(Buffer.from(alone[(inputs.length * 3 - 1 - k) % inputs.length]!.buffer))).toBe(true))
    expect(alone[1]!.length).toBe(inputs[1]!.ids.length * one.width)
  })

  test('says which device runs and why', () => {
    expect(two.device.name).toBe('cpu')
    expect(two.device.why).not.toBe('')
    expect(two.model).toMatch(/^relation-base@\d+\.\d+\.\d+\+int8$/)
  })

  test('takes nothing longer than it was made for', async () => {
    await expect(one.encode([{ ids: new Int32Array(one.maxLength + 1) }])).rejects.toThrow(RangeError)
  })

  test('refuses a folder without a model, and a damaged file', async () => {
    await expect(openEncoder({ models: join(models, 'nowhere'), device: 'cpu', workers: 1 })).rejects.toMatchObject({ code: 'model.missing' })
    const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
    cpSync(join(models, 'relation-base'), folder, { recursive: true })
    writeFileSync(join(folder, 'tokenizer.json'), '{}')
    await expect(openEncoder({ models: folder, device: 'cpu', workers: 1 })).rejects.toMatchObject({ code: 'model.corrupt' })
    rmSync(folder, { recursive: true })
  })

  test('fails only the task of a worker that crashes, says it can be retried, and goes on', async () => {
    const crashing = await openEncoder({ models, device: 'cpu', workers: 1 })
    // An id outside the vocabulary makes the runtime throw inside the worker.
    await expect(crashing.encode([{ ids: Int32Array.from([9_999_999]) }])).rejects.toMatchObject({ code: 'model.worker', retryable: true })
    const [output] = await crashing.encode([input(crashing, texts[0]!)])
    expect(output!.states.length).toBeGreaterThan(0)
    await crashing.close()
    await expect(crashing.encode([input(crashing, texts[0]!)])).rejects.toMatchObject({ code: 'model.closed' })
  })
})
