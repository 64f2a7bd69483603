export { toShacl } from './shacl.ts'
export { toSkos } from './skos.ts'
export { type TurtleDefaults, fromTurtle, toTurtle } from './turtle.ts'
