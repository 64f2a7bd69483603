// Rules for types: names, parents, disjointness, recognizer hints, patterns, and whether anything can find them.
import { type CheckRule, checkName, error, type Finding, warning } from './finding.ts'
import { ancestorsOf, parentCycles } from '../hierarchy.ts'
import { suggest } from '../nearest.ts'
import { COARSE_TYPES } from '../ontology.ts'

const names: CheckRule = function* ({ types }) {
  for (const name of Object.keys(types)) yield* checkName(name, 'type', `types/${name}`)
}

const parents: CheckRule = function* ({ types }) {
  for (const type of Object.values(types)) {
    for (const [index, parent] of type.parents.entries()) {
      if (!Object.hasOwn(types, parent)) yield unknownType(parent, Object.keys(types), `types/${type.name}/parents/${index}`, `parent of "${type.name}"`)
    }
  }
}

const cycles: CheckRule = function* ({ types }) {
  for (const cycle of parentCycles(types)) yield error('parent-cycle', `types/${cycle[0]}/parents`, `Parents run in a circle: ${cycle.join(' -> ')}.`)
}

const disjoint: CheckRule = function* ({ types, disjoint }) {
  for (const [index, pair] of disjoint.entries()) {
    const path = `disjoint/${index}`
    for (const type of pair) if (!Object.hasOwn(types, type)) yield unknownType(type, Object.keys(types), path, '"disjoint"')
    if (pair[0] === pair[1]) yield error('bad-disjoint', path, `"${pair[0]}" cannot be disjoint from itself.`)
  }
  for (const type of Object.values(types)) {
    const above = ancestorsOf(type.name, types)
    for (const [a, b] of disjoint) {
      if (a === b || !above.includes(a) || !above.includes(b)) continue
      const message = `"${type.name}" is both "${a}" and "${b}", which are disjoint: nothing could ever be one.`
      yield error('disjoint-parents', `types/${type.name}/parents`, message)
    }
  }
}

const hints: CheckRule = function* ({ types }) {
  for (const type of Object.values(types)) {
    for (const [index, hint] of type.ner.entries()) {
      if (COARSE_TYPES.includes(hint)) continue
      yield error('unknown-coarse-type', `types/${type.name}/ner/${index}`, `Unknown recognizer type "${hint}" in "ner" of "${type.name}".${suggest(hint, COARSE_TYPES)}`)
    }
  }
}

const patterns: CheckRule = function* ({ types }) {
  for (const type of Object.values(types)) {
    for (const [index, pattern] of type.patterns.entries()) yield* checkPattern(pattern, `types/${type.name}/patterns/${index}`)
  }
}

function* checkPattern(pattern: string, path: string): Iterable<Finding> {
  try {
    if (new RegExp(pattern, 'u').test('')) yield error('bad-pattern', path, `The pattern ${pattern} matches empty text, so it would match everywhere.`)
  } catch (cause) {
    yield error('bad-pattern', path, `The pattern does not compile (flags gu): ${(cause as Error).message.replace(/^Invalid regular expression: /, '')}.`)
  }
}

/** A type with a finder below it can stay abstract. */
const findable: CheckRule = function* ({ types }) {
  const found = new Set<string>()
  for (const type of Object.values(types)) {
    if (type.ner.length + type.gazetteer.length + type.patterns.length === 0 && type.description === '') continue
    for (const above of ancestorsOf(type.name, types)) found.add(above)
  }
  for (const name of Object.keys(types)) {
    if (found.has(name)) continue
    yield warning('unfindable-type', `types/${name}`, `Nothing can find a "${name}": give it "ner", "names", "gazetteer", "patterns" or at least a "description".`)
  }
}

export function unknownType(given: string, valid: readonly string[], path: string, where: string): Finding {
  return error('unknown-type', path, `Unknown type "${given}" in ${where}.${suggest(given, valid)}`)
}

export const typeRules: readonly CheckRule[] = [names, parents, cycles, disjoint, hints, patterns, findable]
