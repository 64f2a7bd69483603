export type { RejectionReason, Triple, TripleEvidence, TripleStatus } from './triple.ts'
