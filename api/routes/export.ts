// The export as a stream: the same bytes as `graphloom export` of the collection.
import { z } from 'zod'
import { exportEntities, exportFacts } from '../../graph/index.ts'
import { EntityRecord, FACT_STATUSES, FactRecord } from '../records/index.ts'
import { route } from '../route.ts'

const TAG = 'Export'

export const exportFactLines = route({
  method: 'get', path: '/v1/export/facts', role: 'reader', tag: TAG, answer: 'ndjson',
  summary: 'Facts with their evidence, one JSON object a line, sorted by id',
  query: {
    status: z.string().optional().describe('Statuses, comma-separated; accepted,review by default.')
      .transform((given) => given?.split(','))
      .pipe(z.array(z.enum(FACT_STATUSES)).optional()),
  },
  response: FactRecord,
  example: { query: { status: 'accepted' } },
  run: ({ query: { status } }, { collection, services: { store } }) => exportFacts(store, { collection, ...(status === undefined ? {} : { statuses: status }) }),
})

export const exportEntityLines = route({
  method: 'get', path: '/v1/export/entities', role: 'reader', tag: TAG, answer: 'ndjson',
  summary: 'Entities with their documents, one JSON object a line, sorted by id',
  response: EntityRecord.omit({ support: true }).meta({ id: 'ExportedEntity' }),
  run: (_, { collection, services: { store } }) => exportEntities(store, { collection }),
})
