// Ontologies for the tests, made from text as users write it.
import { type Ontology, type OntologyProblem, parseOntology } from '../../ontology/index.ts'

export const COMPANIES = `name: companies
version: 1.2.0
namespace: https://example.com/companies#
types:
  Person: { description: "A human being.", ner: [PER] }
  Organization: { description: "A company, agency or institution.", ner: [ORG] }
  Company:
    parents: [Organization]
    description: A business.
    names: ["Acme Corp", "Acme"]
    gazetteer: companies.csv
    patterns: ['\\b[A-Z]\\w+ (?:Inc|Ltd|GmbH)\\b']
  Place: { ner: [LOC] }
relations:
  EMPLOYED_BY:
    label: employed by
    description: "The head works, or worked, for the tail."
    domain: Person
    range: Organization
    inverse: EMPLOYS
    max: { tails: 3 }
    aliases: ["works for", "joined"]
    examples:
      - "<h>Ada Lovelace</h> joined <t>Acme Corp</t> in 1842."
    negatives:
      - "<h>Ada Lovelace</h> read a book about <t>Acme Corp</t>."
    policy: { precision: 0.95 }
  FOUNDED_ON: { domain: Organization, range: date, functional: true, description: "The head began on the tail." }
  SPOUSE: { domain: Person, range: Person, symmetric: true, irreflexive: true, functional: true, examples: spouse.jsonl }
  PARTNER_OF: { domain: Organization, range: Organization, symmetric: true, description: "They work together." }
  OWNS: { domain: [Person, Organization], range: Company, acyclic: true, description: "The head owns the tail." }
  LED_BY: { domain: Organization, range: Person, inverse: LEADS, description: "The tail leads the head.", functional: true }
  LEADS: { domain: Person, range: Organization, description: "The head leads the tail." }
disjoint: [[Person, Organization]]
`

export const FILES: Readonly<Record<string, string>> = {
  'companies.csv': 'id,name\nC-1,"Babbage, Sons & Co",Babbage\n,Difference Ltd\n',
  'spouse.jsonl': '{"text":"Ada married William.","head":[0,3],"tail":[12,19]}\n',
}

/** Parses text with the files above at hand. */
export function parse(text: string, files: Readonly<Record<string, string>> = FILES) {
  return parseOntology(text, 'ontology.yaml', async (path) => {
    const content = files[path]
    if (content === undefined) throw new Error('no such file')
    return content
  })
}

export async function ontologyOf(text: string): Promise<Ontology> {
  const { ontology, problems } = await parse(text)
  if (!ontology) throw new Error(JSON.stringify(problems))
  return ontology
}

/** A small valid ontology with one part replaced. */
export function withParts({ types = '', relations = '', rest = '' }: { readonly types?: string; readonly relations?: string; readonly rest?: string }): string {
  return `name: small
version: 1.0.0
types:
  Person: { ner: [PER] }
  Place: { ner: [LOC] }
${types}
relations:
  LIVES_IN: { domain: Person, range: Place, description: "The head lives in the tail." }
${relations}
${rest}`
}

export function codes(problems: readonly OntologyProblem[]): string[] {
  return problems.map(({ severity, code, line }) => `${severity} ${code} ${line}`)
}
