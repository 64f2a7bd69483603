import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRoute, parseRoute, type View } from '../../web/route.ts'

const withId: readonly View[] = ['entity', 'job', 'document']
const withoutId: readonly View[] = ['search', 'review', 'decisions', 'graph', 'ingest', 'jobs', 'documents']

describe('an address', () => {
  it('means the view that it was made from', () => {
    const query = fc.dictionary(fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'), fc.string({ minLength: 1 }))
    const route = fc.oneof(
      fc.record({ view: fc.constantFrom(...withoutId), query }),
      fc.record({ view: fc.constantFrom(...withId), id: fc.string({ minLength: 1 }), query }),
    )
    fc.assert(fc.property(route, (given) => { expect(parseRoute(formatRoute(given))).toEqual(given) }))
  })

  it.each(['', '#', '#/', '#/nowhere', '#/entity', '#/entity/', '#/search/x', '#/%E0%A4%A'])('that names no view is the search: %s', (hash) => {
    expect(parseRoute(hash)).toEqual({ view: 'search', query: {} })
  })

  it('leaves out what was not asked', () => {
    expect(formatRoute({ view: 'search', query: { q: 'Ada', type: '', in: undefined } })).toBe('#/search?q=Ada')
  })
})
