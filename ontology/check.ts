// Ontology -> what is wrong or doubtful in it: each rule is one function that yields findings, each finding names the part it is about.
import { relationRules, typeRules } from './checks/index.ts'
import type { Ontology, OntologyProblem } from './ontology.ts'
import type { Place } from './report.ts'

/** All findings of all rules, with the place of each part as `placeOf` knows it. */
export function checkParts(ontology: Ontology, placeOf: (path: string) => Place): OntologyProblem[] {
  return [...typeRules, ...relationRules].flatMap((rule) =>
    [...rule(ontology)].map(({ severity, code, path, message }) => ({ severity, code: `ontology.${code}`, ...placeOf(path), message })),
  )
}
