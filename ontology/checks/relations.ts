// Rules for relations: names, ends, inverses, properties that contradict each other, and whether there is anything to score them by.
import { unknownType } from './entity-types.ts'
import { type CheckRule, checkName, error, type Finding, warning } from './finding.ts'
import { related, type Types } from '../hierarchy.ts'
import { suggest } from '../nearest.ts'
import { LITERAL_KINDS, type Relation } from '../ontology.ts'

const KINDS: readonly string[] = LITERAL_KINDS

const names: CheckRule = function* ({ relations }) {
  for (const name of Object.keys(relations)) yield* checkName(name, 'relation', `relations/${name}`)
}

const some: CheckRule = function* ({ relations }) {
  if (Object.keys(relations).length === 0) yield warning('no-relations', 'relations', 'There are no relations: entities will be found, but no facts.')
}

const domains: CheckRule = function* ({ types, relations }) {
  for (const { name, domain } of Object.values(relations)) {
    for (const [index, type] of domain.entries()) {
      const path = `relations/${name}/domain/${index}`
      if (KINDS.includes(type)) yield error('literal-domain', path, `The domain of "${name}" cannot be a literal: only entities can be heads.`)
      else if (!Object.hasOwn(types, type)) yield unknownType(type, Object.keys(types), path, `the domain of "${name}"`)
    }
  }
}

const ranges: CheckRule = function* ({ types, relations }) {
  for (const { name, range } of Object.values(relations)) {
    const literals = range.filter((type) => KINDS.includes(type))
    for (const [index, type] of range.entries()) {
      if (KINDS.includes(type) || Object.hasOwn(types, type)) continue
      yield unknownType(type, [...Object.keys(types), ...KINDS], `relations/${name}/range/${index}`, `the range of "${name}"`)
    }
    if (literals.length > 0 && range.length > 1) {
      yield error('mixed-range', `relations/${name}/range`, `The range of "${name}" must be types, or exactly one literal kind; given: ${range.join(', ')}. Make one relation of each.`)
    }
  }
}

/** An undeclared inverse only names the other reading; a declared one must agree. */
const inverses: CheckRule = function* (ontology) {
  for (const relation of Object.values(ontology.relations)) {
    if (relation.inverse === undefined || relation.literal) continue
    const path = `relations/${relation.name}/inverse`
    const declared = Object.hasOwn(ontology.relations, relation.inverse)
    const rival = declared && Object.values(ontology.relations).find(({ name, inverse }) => name < relation.name && inverse === relation.inverse)
    if (rival) yield error('inconsistent-inverse', path, `"${rival.name}" and "${relation.name}" both have the inverse "${relation.inverse}"; a relation has one.`)
    if (declared) yield* checkInverse(relation, ontology.relations[relation.inverse]!, path, ontology.types)
    else {
      const near = suggest(relation.inverse, Object.keys(ontology.relations).filter((name) => name !== relation.name)).replace(/ Valid here:.*/, '')
      yield warning('undeclared-inverse', path, `The inverse "${relation.inverse}" of "${relation.name}" is not declared, so it is not scored.${near}`)
    }
  }
}

function* checkInverse(relation: Relation, inverse: Relation, path: string, types: Types): Iterable<Finding> {
  const wrong = (message: string) => error('inconsistent-inverse', path, message)
  if (inverse.inverse !== undefined && inverse.inverse !== relation.name) {
    yield wrong(`"${relation.name}" has the inverse "${inverse.name}", whose own inverse is "${inverse.inverse}".`)
  }
  if (relation.symmetric !== inverse.symmetric) yield wrong(`"${relation.name}" and its inverse "${inverse.name}" must both be symmetric, or neither.`)
  else if (relation.symmetric && relation.name !== inverse.name) yield wrong(`"${relation.name}" is symmetric, so it is its own inverse and needs no other.`)
  if (relation.name === inverse.name && !relation.symmetric) yield wrong(`"${relation.name}" is its own inverse: write "symmetric: true" instead.`)
  if (inverse.literal) yield wrong(`The inverse "${inverse.name}" of "${relation.name}" has a literal range, and a literal cannot be a head.`)
  else if (!meet(relation.domain, inverse.range, types)) yield wrong(`The range of the inverse "${inverse.name}" has nothing of the domain of "${relation.name}".`)
  if (!meet(relation.range, inverse.domain, types)) yield wrong(`The domain of the inverse "${inverse.name}" has nothing of the range of "${relation.name}".`)
}

const literals: CheckRule = function* ({ relations }) {
  for (const relation of Object.values(relations)) {
    if (!relation.literal) continue
    const claims = (['symmetric', 'transitive', 'irreflexive', 'acyclic'] as const).filter((property) => relation[property])
    for (const claim of [...claims, ...(relation.inverse === undefined ? [] : ['inverse'])]) {
      yield error('literal-property', `relations/${relation.name}/${claim}`, `"${relation.name}" has a literal range, so "${claim}" has no meaning there.`)
    }
  }
}

const contradictions: CheckRule = function* ({ types, relations }) {
  for (const relation of Object.values(relations)) {
    const { name, symmetric, acyclic, functional, maxTails, domain, range, literal } = relation
    const wrong = (key: string, message: string) => error('contradiction', `relations/${name}/${key}`, message)
    if (symmetric && acyclic) yield wrong('acyclic', `"${name}" cannot be both symmetric and acyclic: every fact would be a circle of two.`)
    if (functional && maxTails !== undefined && maxTails > 1) yield wrong('max', `"${name}" is functional (one tail per head), but "max" allows ${maxTails} tails.`)
    if (symmetric && !literal && !meet(domain, range, types)) yield wrong('symmetric', `"${name}" is symmetric, but its domain and range have no type in common.`)
  }
}

const scorable: CheckRule = function* ({ relations }) {
  for (const { name, description, examples } of Object.values(relations)) {
    if (description === '' && examples.length === 0) {
      yield warning('undescribed-relation', `relations/${name}`, `"${name}" has neither a description nor examples; it will be scored by its label alone.`)
    }
  }
}

function meet(some: readonly string[], others: readonly string[], types: Types): boolean {
  // Unknown types are reported once, where they stand.
  const known = (names: readonly string[]) => names.filter((name) => Object.hasOwn(types, name))
  const [left, right] = [known(some), known(others)]
  return left.length === 0 || right.length === 0 || left.some((a) => right.some((b) => related(a, b, types)))
}

export const relationRules: readonly CheckRule[] = [names, some, domains, ranges, inverses, literals, contradictions, scorable]
