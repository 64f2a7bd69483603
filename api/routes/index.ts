// Every route of the API, in the order of the docs.
import { listCollections } from './collections.ts'
import { runCypher } from './cypher.ts'
import { decide, listDecisions, undoDecision } from './decisions.ts'
import { getDocument, getPassage, listDocuments, listPassages } from './documents.ts'
import { addDocuments, deleteDocument } from './documents-write.ts'
import { getEntity, getSubgraph, listEntities, listEntityFacts, listNeighbours, listPaths } from './entities.ts'
import { exportEntityLines, exportFactLines } from './export.ts'
import { extractOnly } from './extract.ts'
import { getFact, listEvidence, listFacts } from './facts.ts'
import { cancelJob, getJob, listJobs, retryJob, watchJob } from './jobs.ts'
import { getOntology, getStatistics } from './overview.ts'

export const ROUTES = [
  listCollections, getOntology, getStatistics,
  listDocuments, getDocument, listPassages, getPassage, addDocuments, deleteDocument,
  listEntities, getEntity, listNeighbours, listEntityFacts, listPaths, getSubgraph,
  listFacts, getFact, listEvidence,
  listDecisions, decide, undoDecision,
  listJobs, getJob, watchJob, cancelJob, retryJob,
  extractOnly,
  exportFactLines, exportEntityLines,
  runCypher,
] as const
