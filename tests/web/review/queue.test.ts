import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { append, confirm, decide, EMPTY, goTo, move, type Queue, restart, undo } from '../../../web/review/queue.ts'
import type { Fact } from '../../../web/server/index.ts'

const fact = (id: string): Fact => ({
  id, head: { id: 'ent:a', name: 'Ada', type: 'Person' }, relation: 'EMPLOYED_BY', tail: { id: 'ent:b', name: 'Acme', type: 'Company' },
  score: 0.6, status: 'review', support: 1, ontology: 'o@1.0.0', model: 'm@1',
})
const ids = ({ facts }: Queue) => facts.map(({ id }) => id)
const queueOf = (...names: readonly string[]) => append(EMPTY, names.map(fact))

describe('the review queue', () => {
  it('goes on to the next fact when one is decided', () => {
    const queue = decide(move(queueOf('a', 'b', 'c'), 1), fact('b'), 1, 'Accepted')
    expect(ids(queue)).toEqual(['a', 'c'])
    expect(queue.facts[queue.at]?.id).toBe('c')
  })

  it('stands on the last fact when the last was decided', () => {
    const queue = decide(move(queueOf('a', 'b'), 9), fact('b'), 1, 'Rejected')
    expect(queue.facts[queue.at]?.id).toBe('a')
  })

  it('undoes whatever was decided, in any order of going about, to what it was', () => {
    const steps = fc.array(fc.record({ move: fc.integer({ min: -5, max: 5 }), decide: fc.boolean() }), { maxLength: 12 })
    fc.assert(fc.property(fc.integer({ min: 0, max: 8 }), steps, (size, walk) => {
      const names = Array.from({ length: size }, (_, index) => `f${index}`)
      let queue = queueOf(...names)
      walk.forEach((step, index) => {
        queue = move(queue, step.move)
        const current = queue.facts[queue.at]
        if (step.decide && current) queue = decide(queue, current, index, current.id)
        expect(queue.at).toBeGreaterThanOrEqual(0)
        expect(queue.facts.length === 0 || queue.at < queue.facts.length).toBe(true)
      })
      for (const { key } of queue.decided.toReversed()) queue = undo(queue, key)
      expect(ids(queue)).toEqual(names)
      expect(queue.decided).toEqual([])
    }))
  })

  it('knows the id of a decision when the server has answered', () => {
    const queue = confirm(decide(queueOf('a'), fact('a'), 1, 'Accepted'), 1, 'decision:x')
    expect(queue.decided).toMatchObject([{ key: 1, id: 'decision:x' }])
  })

  it('stands on the fact that undoing brought back', () => {
    const queue = undo(decide(queueOf('a', 'b', 'c'), fact('a'), 1, 'Accepted'), 1)
    expect(queue.facts[queue.at]?.id).toBe('a')
  })

  it('takes from a further page what it does not know and what was not decided', () => {
    const queue = append(decide(queueOf('a', 'b'), fact('a'), 1, 'Accepted'), ['a', 'b', 'c'].map(fact))
    expect(ids(queue)).toEqual(['b', 'c'])
  })

  it('shows anew a fact that a change of entities left undecided, and keeps the way back', () => {
    const queue = append(restart(decide(queueOf('a'), fact('a'), 1, 'Accepted')), [fact('b')])
    expect(ids(queue)).toEqual(['b'])
    expect(queue.decided).toHaveLength(1)
  })

  it('goes to a fact by its id, and stays at the start where it is gone', () => {
    expect(goTo(queueOf('a', 'b'), 'b').at).toBe(1)
    expect(goTo(queueOf('a', 'b'), 'x').at).toBe(0)
  })
})
