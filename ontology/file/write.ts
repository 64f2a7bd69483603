// Ontology -> the YAML that users write: defaults left out, gazetteers and examples inline.
import { markExample } from '../example.ts'
import type { EntityType, GazetteerEntry, Ontology, Relation, RelationExample } from '../ontology.ts'
import { labelOf } from '../verbalize.ts'
import { formatYaml } from './yaml.ts'

/** Writes an ontology so that reading it gives the same ontology again. */
export function toYaml(ontology: Ontology): string {
  const { name, version, namespace, types, relations, disjoint } = ontology
  return formatYaml({
    name, version, namespace,
    types: mapValues(types, typeData),
    relations: mapValues(relations, relationData),
    ...(disjoint.length > 0 ? { disjoint } : {}),
  })
}

function typeData({ parents, description, ner, gazetteer, patterns }: EntityType): object {
  return {
    ...listed('parents', parents),
    ...(description === '' ? {} : { description }),
    ...listed('ner', ner),
    ...listed('names', gazetteer.map(nameData)),
    ...listed('patterns', patterns),
  }
}

function nameData({ id, name, aliases }: GazetteerEntry): unknown {
  return id === undefined && aliases.length === 0 ? name : { ...(id === undefined ? {} : { id }), name, ...listed('aliases', aliases) }
}

function relationData(relation: Relation): object {
  const { name, label, description, domain, range, inverse, maxTails, maxHeads, aliases, examples, negatives, precision } = relation
  const flags = (['symmetric', 'transitive', 'irreflexive', 'acyclic', 'functional'] as const).filter((flag) => relation[flag])
  return {
    ...(label === labelOf(name) ? {} : { label }),
    ...(description === '' ? {} : { description }),
    domain: oneOrList(domain),
    range: oneOrList(range),
    ...(inverse === undefined ? {} : { inverse }),
    ...Object.fromEntries(flags.map((flag) => [flag, true])),
    ...(maxTails === undefined && maxHeads === undefined ? {} : { max: { ...(maxTails === undefined ? {} : { tails: maxTails }), ...(maxHeads === undefined ? {} : { heads: maxHeads }) } }),
    ...listed('aliases', aliases),
    ...listed('examples', examples.map(exampleData)),
    ...listed('negatives', negatives.map(exampleData)),
    ...(precision === undefined ? {} : { policy: { precision } }),
  }
}

/** A marked sentence, or a row where marks cannot say it. */
function exampleData(example: RelationExample): unknown {
  const { text, head, tail } = example
  return markExample(example) ?? { text, head, tail }
}

function oneOrList(names: readonly string[]): unknown {
  return names.length === 1 ? names[0] : names
}

function listed(key: string, items: readonly unknown[]): object {
  return items.length > 0 ? { [key]: items } : {}
}

function mapValues<Value>(record: Readonly<Record<string, Value>>, change: (value: Value) => unknown): object {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
