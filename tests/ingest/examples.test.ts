import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { exampleFiles } from '../fixtures/examples.ts'
import { documentsOf, failuresOf, readAll } from './folder.ts'

const FOLDER = new URL('../../examples/documents/', import.meta.url)

it.each(Object.entries(exampleFiles()))('%s is as its script writes it', (name, bytes) => {
  expect(readFileSync(new URL(name, FOLDER)).equals(bytes)).toBe(true)
})

it('reads the bundled documents of all formats without a failure', async () => {
  const results = await readAll([fileURLToPath(FOLDER)])
  expect(failuresOf(results)).toEqual([])
  const documents = documentsOf(results)
  expect(new Set(documents.map(document => document.mediaType)).size).toBe(7)
  expect(documents.every(document => document.language === 'en')).toBe(true)
  const review = documents.find(document => document.uri === 'harbour-review.pdf')!
  expect(review.text).toContain('The administration of the two companies')
  expect(review.text).toContain('the two have nothing in common but the quay')
  expect(review.pages).toHaveLength(2)
})
