// Documents of ten statements each, about people and firms that many of them share.
import type { CommittedDocument } from '../../graph/index.ts'
import { company, documentOf, person } from './documents.ts'

export function staffOf(index: number, options: { collection?: string; stamp?: string } = {}): CommittedDocument {
  const statements = Array.from({ length: 10 }, (_, n) => ({ head: person(`Person ${index % 40} Name${n}`), relation: 'EMPLOYED_BY', tail: company(`Firm ${n}`) }))
  return documentOf(`${index}.txt`, statements, options)
}
