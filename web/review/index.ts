export { DecisionsPage } from './decisions-page.tsx'
export { EntityDecision, type EntityDecisionKind } from './entity-decision.tsx'
export { Review } from './review.tsx'
