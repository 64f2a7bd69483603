import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import type { Encoder, EncoderInput } from '../../../extract/encoder.ts'
import { openEncoder } from '../../../extract/encoders/index.ts'

const models = fileURLToPath(new URL('../../../models', import.meta.url))
const one = await openEncoder({ models, device: 'cpu', workers: 1 })
const two = await openEncoder({ models, device: 'auto', workers: 2 })
afterAll(() => Promise.all([one.close(), two.close()]))

/** A window with one slot that marks its first and last piece. */
function input({ tokenizer }: Encoder, text: string): EncoderInput {
  const pieces = [tokenizer.startId, ...tokenizer.tokenize(text).ids, tokenizer.endId]
  const last = pieces.length - 2
  return {
    ids: Int32Array.from([...pieces, 1, 2, 3, 4, 103]), positions: Int32Array.from([...pieces.keys(), 1, 1, last, last, 511]),
    types: Int32Array.from([...pieces.map(() => 0), 1, 1, 1, 1, 1]), slots: Int32Array.from([...pieces.map(() => 0), 1, 1, 1, 1, 1]), starts: Int32Array.from([pieces.length]),
  }
}

describe('the encoder', () => {
  const texts = ['Ada Lovelace joined Acme Corp in 1842.', 'Short.', 'The company, founded by Grace Hopper in Arlington, is a subsidiary of Remington Rand.', '東京 is in Japan.']

  test('gives a pair the same vector to the last bit, whatever the batch, the order and the number of workers', async () => {
    const inputs = texts.map((text) => input(one, text))
    const alone = await Promise.all(inputs.map(async (each) => (await one.encode([each]))[0]!.vectors))
    const batch = await two.encode([...inputs, ...inputs, ...inputs].reverse())
    batch.forEach(({ vectors }, k) => expect(Buffer.from(vectors.buffer).equals(Buffer.from(alone[(inputs.length * 3 - 1 - k) % inputs.length]!.buffer))).toBe(true))
    expect(alone[1]!.length).toBe(one.width)
  })

  test('says which device runs and why', () => {
    expect(two.device.name).toBe('cpu')
    expect(two.device.why).not.toBe('')
    expect(two.model).toMatch(/^relation-encoder@\d+\.\d+\.\d+\+int8$/)
  })

  test('takes nothing longer than it was made for', async () => {
    await expect(one.encode([input(one, 'long '.repeat(one.maxLength))])).rejects.toThrow(RangeError)
    await expect(one.encode([{ ...input(one, 'No pair.'), starts: new Int32Array(0) }])).rejects.toThrow(RangeError)
  })

  test('refuses a folder without a model, and a damaged file', async () => {
    await expect(openEncoder({ models: join(models, 'nowhere'), device: 'cpu', workers: 1 })).rejects.toMatchObject({ code: 'model.missing' })
    const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
    cpSync(join(models, 'relation-encoder'), folder, { recursive: true })
    writeFileSync(join(folder, 'tokenizer.json'), '{}')
    await expect(openEncoder({ models: folder, device: 'cpu', workers: 1 })).rejects.toMatchObject({ code: 'model.corrupt' })
    rmSync(folder, { recursive: true })
  })

  test('fails only the task of a worker that crashes, says it can be retried, and goes on', async () => {
    const crashing = await openEncoder({ models, device: 'cpu', workers: 1 })
    // An id outside the vocabulary makes the runtime throw inside the worker.
    await expect(crashing.encode([{ ...input(crashing, texts[0]!), ids: input(crashing, texts[0]!).ids.map((id, k) => (k === 1 ? 9_999_999 : id)) }])).rejects.toMatchObject({ code: 'model.worker', retryable: true })
    const [output] = await crashing.encode([input(crashing, texts[0]!)])
    expect(output!.vectors.length).toBeGreaterThan(0)
    await crashing.close()
    await expect(crashing.encode([input(crashing, texts[0]!)])).rejects.toMatchObject({ code: 'model.closed' })
  })
})
