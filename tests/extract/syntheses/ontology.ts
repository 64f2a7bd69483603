// An ontology with every kind of relation, for the tests of synthesis.
import { type CompiledOntology, compileOntology, parseOntology } from '../../../ontology/index.ts'

const YAML = `name: works
version: 1.0.0
types:
  Person: { description: "A human being.", ner: [PER] }
  Company: { description: "A business.", ner: [ORG], names: ["Acme Corp"] }
  Service: { description: "A program that answers requests.", patterns: ['[a-z]+-(?:api|db)'] }
  Mood: { description: "Nobody knows a name of one." }
relations:
  EMPLOYED_BY:
    label: employed by
    description: "The head works, or worked, for the tail."
    domain: Person
    range: Company
    aliases: ["works for", "joined", "employer"]
    examples:
      - "<h>Ada Lovelace</h> joined <t>Acme Corp</t> after her studies; Acme Corp was small then."
      - "He told us that <h>Omar Reyes</h> has an Acme badge, for <t>Acme Corp</t> employs him."
    negatives:
      - "<h>Ada Lovelace</h> sued <t>Acme Corp</t>."
  OWNS: { label: owns, description: "The head owns the tail.", domain: Company, range: Company, aliases: ["owned by"] }
  PARTNER: { label: partner of, description: "The head and the tail work together.", domain: Company, range: Company, symmetric: true }
  CALLS:
    label: calls
    description: "The head sends requests to the tail."
    domain: Service
    range: Service
    examples: ["<h>order-api</h> calls <t>stock-api</t>.", "Requests go from <h>web-api</h> to <t>user-db</t>."]
  FOUNDED_ON:
    label: founded on
    description: "The day or year in which the head began."
    domain: Company
    range: date
    aliases: ["established in", "year of foundation"]
    examples: ["<h>Acme Corp</h> was founded in <t>1904</t>."]
  WEIGHS: { label: weighs, description: "The head has the weight named by the tail.", domain: Company, range: quantity }
  FEELS: { label: feels, description: "The head feels the tail.", domain: Person, range: Mood }
`

export const ontology: CompiledOntology = compileOntology((await parseOntology(YAML, 'works.yaml', async () => '')).ontology!)
