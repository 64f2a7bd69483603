// Document -> who it speaks of: propose mentions, look at them, settle them, link them into chains. Teaching reads the examples' texts the same way.
import type { Document } from '../ingest/index.ts'
import type { CompiledOntology } from '../ontology/index.ts'
import { type Chain, linkChains } from './chains/index.ts'
import type { EntityEncoder } from './entity-encoder.ts'
import { thingsOf } from './example.ts'
import { compileFinders, type Mention, proposeMentions, settleMentions, typesOfHeading } from './mentions/index.ts'
import { describeKinds, look, NO_VIEW, type View, withColumns } from './views/index.ts'

export interface Reading {
  readonly mentions: readonly Mention[]
  readonly chains: readonly Chain[]
  readonly view: View
}

/** `lap` is told when a stage of the reading ends. */
export type Read = (document: Document, lap?: (stage: string) => void) => Promise<Reading>

/** Compiles what reads documents under an ontology; texts that are not English are read by the ontology's names and patterns alone. */
export async function compileReading(ontology: CompiledOntology, entities: EntityEncoder): Promise<Read> {
  const finders = compileFinders(ontology)
  const headings = { named: (heading: string) => typesOfHeading(heading, finders), isA: ontology.isA }
  const kinds = await describeKinds(ontology, entities, thingsOf(ontology))
  return async (document, lap = () => {}) => {
    const proposals = proposeMentions(document, finders)
    lap('find')
    const view = document.language === 'en' ? withColumns(await look(document, proposals.spans, entities, kinds), document, proposals.spans, headings) : NO_VIEW
    lap('look')
    const mentions = settleMentions(proposals, view)
    lap('find')
    const chains = linkChains(document, mentions, ontology, view)
    lap('link')
    return { mentions, chains, view }
  }
}
