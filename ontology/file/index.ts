export type { OntologyReading } from './fields.ts'
export { readOntology } from './read.ts'
export { toYaml } from './write.ts'
export { parseYaml } from './yaml.ts'
