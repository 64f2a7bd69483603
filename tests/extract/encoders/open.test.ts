// Both models, as shipped, behind one pool of workers.
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { openEncoders } from '../../../extract/encoders/index.ts'
import { crashing, pairWindow, spanWindow } from './windows.ts'

const models = fileURLToPath(new URL('../../../models', import.meta.url))
const one = await openEncoders({ models, device: 'cpu', workers: 1 })
const two = await openEncoders({ models, device: 'cpu', workers: 2 })
afterAll(() => Promise.all([one.close(), two.close()]))

const texts = ['Ada Lovelace joined Acme Corp in 1842.', 'Short.', 'The company, founded by Grace Hopper in Arlington, is a subsidiary of Remington Rand.', '東京 is in Japan.', 'A long day passed. '.repeat(45)]
const pairs = texts.map((text) => pairWindow(one.relations, text))
const spans = texts.map((text) => spanWindow(one.entities, text))
/** To the last bit. */
const bytes = (output: object): string => Object.entries(output).map(([name, values]) => `${name} ${createHash('sha256').update(values).digest('hex')}`).join()

const pairsAlone: string[] = []
for (const pair of pairs) pairsAlone.push(bytes((await one.relations.encode([pair]))[0]!))
const spansAlone: string[] = []
for (const span of spans) spansAlone.push(bytes((await one.entities.encode([span]))[0]!))

describe('the relation encoder', () => {
  test('gives a pair the same vector to the last bit, whatever the batch, the order and the number of workers', async () => {
    const batch = await two.relations.encode([...pairs, ...pairs, ...pairs].reverse())
    expect(batch.map(bytes)).toEqual([...pairsAlone, ...pairsAlone, ...pairsAlone].reverse())
    expect(batch[0]!.vectors.length).toBe(two.relations.width)
  })

  test('takes nothing longer than it was made for, and nothing without a pair', async () => {
    await expect(one.relations.encode([pairWindow(one.relations, 'long '.repeat(one.relations.maxLength))])).rejects.toThrow(RangeError)
    await expect(one.relations.encode([{ ...pairs[0]!, starts: new Int32Array(0) }])).rejects.toThrow(RangeError)
  })
})

describe('the entity encoder', () => {
  test('gives a window the same outputs to the last bit, whatever the batch, the order and the number of workers', async () => {
    const batch = await two.entities.encode([...spans, ...spans, ...spans].reverse())
    expect(batch.map(bytes)).toEqual([...spansAlone, ...spansAlone, ...spansAlone].reverse())
  })

  test('says for every piece what it is part of and two halves of vectors, and describes the window by a unit vector', async () => {
    const { head, width } = one.entities
    const outputs = await one.entities.encode(spans)
    outputs.forEach(({ tags, halves, label }, k) => {
      const pieces = spans[k]!.ids.length
      expect([tags.length, halves.length, label.length]).toEqual([pieces * (1 + 2 * head.coarse.length), pieces * 2 * width, head.blocks.kind])
      expect(Math.hypot(...label)).toBeCloseTo(1, 4)
    })
  })

  test('sees the letter case that the vocabulary does not keep', async () => {
    const [lower, capital] = await one.entities.encode([spanWindow(one.entities, 'apple', 1), spanWindow(one.entities, 'Apple', 2)])
    expect(bytes(lower!)).not.toBe(bytes(capital!))
  })

  test('takes windows from 2 pieces to its limit, each with a shape', async () => {
    const window = (length: number) => ({ ids: new Int32Array(length).fill(1012), shapes: new Int32Array(length).fill(1) })
    const { maxLength } = one.entities
    expect((await one.entities.encode([window(2), window(maxLength)])).map(({ tags }) => tags.length / 13)).toEqual([2, maxLength])
    await expect(one.entities.encode([window(1)])).rejects.toThrow(RangeError)
    await expect(one.entities.encode([window(maxLength + 1)])).rejects.toThrow(RangeError)
    await expect(one.entities.encode([{ ...window(4), shapes: new Int32Array(3) }])).rejects.toThrow(RangeError)
  })
})

describe('both encoders', () => {
  test('share one vocabulary where their tokenizers have one hash', () => {
    expect(one.entities.tokenizer).toBe(one.relations.tokenizer)
  })

  test('answer windows of both kinds side by side as if each were alone', async () => {
    const rounds = await Promise.all(Array.from({ length: 6 }, (_, round) => round % texts.length).flatMap((k) => [
      two.relations.encode([pairs[k]!, ...pairs]).then((outputs) => [outputs.map(bytes), [pairsAlone[k], ...pairsAlone]]),
      two.entities.encode([spans[k]!, ...spans]).then((outputs) => [outputs.map(bytes), [spansAlone[k], ...spansAlone]]),
    ]))
    for (const [found, expected] of rounds) expect(found).toEqual(expected)
  })

  test('say which device runs and why, and their versions', () => {
    expect(one.device).toEqual({ name: 'cpu', why: 'asked for' })
    expect(two.relations.model).toMatch(/^relation-encoder@\d+\.\d+\.\d+\+int8$/)
    expect(two.entities.model).toMatch(/^entity-encoder@\d+\.\d+\.\d+\+int8$/)
  })

  test('fail only the task of a worker that crashes, say it can be retried, and go on', async () => {
    const { relations, entities, close } = await openEncoders({ models, device: 'cpu', workers: 1 })
    const lost = { code: 'model.worker', retryable: true }
    const [first, second, third] = await Promise.allSettled([relations.encode([crashing(pairs[0]!)]), entities.encode([crashing(spans[0]!)]), entities.encode([spans[0]!])])
    expect([first, second]).toMatchObject([{ status: 'rejected', reason: lost }, { status: 'rejected', reason: lost }])
    expect(third.status === 'fulfilled' && bytes(third.value[0]!)).toBe(spansAlone[0])
    expect(bytes((await relations.encode([pairs[0]!]))[0]!)).toBe(pairsAlone[0])
    await close()
  })

  test('refuse work once they are closed; what is in hand is finished, and what was waiting can be tried again', async () => {
    const { relations, entities, close } = await openEncoders({ models, device: 'cpu', workers: 1 })
    const waiting = Promise.allSettled([relations.encode(pairs), entities.encode(spans)])
    await close()
    const [inHand, behind] = await waiting
    expect(inHand!.status).toBe('fulfilled')
    expect(behind).toMatchObject({ status: 'rejected', reason: { code: 'model.closed', retryable: true } })
    await expect(relations.encode([pairs[0]!])).rejects.toMatchObject({ code: 'model.closed' })
    await expect(entities.encode([spans[0]!])).rejects.toMatchObject({ code: 'model.closed' })
  })

  test('need at least one worker', async () => {
    await expect(openEncoders({ models, device: 'cpu', workers: 0 })).rejects.toMatchObject({ code: 'usage.workers' })
  })
})
