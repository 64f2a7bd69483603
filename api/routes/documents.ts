// Documents and the passages that are evidence of something.
import { z } from 'zod'
import { notFound } from '../problem.ts'
import { DocumentRecord, PassageRecord } from '../records/index.ts'
import { listOf, route } from '../route.ts'
import { SAMPLE } from './sample.ts'

const TAG = 'Documents'

export const listDocuments = route({
  method: 'get', path: '/v1/documents', role: 'reader', tag: TAG, paged: true,
  summary: 'Documents, sorted by id',
  query: { uri: z.string().min(1).max(2000).optional().describe('Only those read from this address; records of one source share it.') },
  response: listOf(DocumentRecord),
  example: { query: { uri: 'letters/ada.txt' } },
  run: ({ query: { uri } }, { collection, page, services: { reader } }) => reader.documents(collection, uri === undefined ? {} : { uri }, page),
})

export const getDocument = route({
  method: 'get', path: '/v1/documents/:id', role: 'reader', tag: TAG,
  summary: 'One document',
  response: DocumentRecord,
  example: { params: { id: SAMPLE.document } },
  async run({ params: { id } }, { collection, services: { reader } }) {
    const document = await reader.document(collection, id)
    if (document === undefined) throw notFound('document')
    return document
  },
})

export const listPassages = route({
  method: 'get', path: '/v1/documents/:id/passages', role: 'reader', tag: TAG, paged: true,
  summary: 'Passages of a document, in its order',
  description: 'Only sentences that are evidence of a fact are kept.',
  response: listOf(PassageRecord),
  example: { params: { id: SAMPLE.document } },
  async run({ params: { id } }, { collection, page, services: { reader } }) {
    if ((await reader.document(collection, id)) === undefined) throw notFound('document')
    return reader.passages(collection, id, page)
  },
})

export const getPassage = route({
  method: 'get', path: '/v1/passages/:id', role: 'reader', tag: TAG,
  summary: 'One passage',
  description: 'The id is that of its document, a slash (%2F in the address) and the number of the sentence.',
  response: PassageRecord,
  example: { params: { id: SAMPLE.passage } },
  async run({ params: { id } }, { collection, services: { reader } }) {
    const passage = await reader.passage(collection, id)
    if (passage === undefined) throw notFound('passage')
    return passage
  },
})
