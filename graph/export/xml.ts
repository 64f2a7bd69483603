// The graph as GraphML and GEXF: entities and literal values are nodes, facts are edges; both are written as they are read.
import type { Fact } from '../fact.ts'
import { literalId } from '../identity.ts'
import type { Contents, Part } from './contents.ts'

interface Node {
  readonly id: string
  readonly label: string
  readonly type: string
  readonly aliases: string
  readonly masterId: string
  readonly collection: string
}

const NODE_KEYS = ['label', 'type', 'aliases', 'masterId', 'collection'] as const
const EDGE_KEYS = ['label', 'status', 'score', 'support', 'documents', 'quote'] as const
const TYPES: Readonly<Record<string, 'double' | 'int'>> = { score: 'double', support: 'int' }

/** Nodes may stand anywhere: a literal stands before the first edge to it. */
export async function* graphml(all: readonly Contents[]): AsyncIterable<Part> {
  const keys = (domain: string, names: readonly string[]): string => names.map((name) => `<key id="${domain[0]}_${name}" for="${domain}" attr.name="${name}" attr.type="${TYPES[name] ?? 'string'}"/>\n`).join('')
  yield part(`<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${keys('node', NODE_KEYS)}${keys('edge', EDGE_KEYS)}<graph id="graphloom" edgedefault="directed">\n`)
  const data = (prefix: string, values: Readonly<Record<string, string>>): string => Object.entries(values).map(([name, value]) => `<data key="${prefix}_${name}">${escape(value)}</data>`).join('')
  const node = ({ id, ...values }: Node): string => `<node id="${escape(id)}">${data('n', values)}</node>\n`
  for (const contents of all) {
    for await (const entity of entitiesOf(contents)) yield part(node(entity))
    const literals = new Set<string>()
    for await (const fact of contents.facts()) {
      const literal = literalOf(fact, contents.collection, literals)
      const { id, source, target, values } = edgeOf(fact, contents.collection)
      yield part(`${literal === undefined ? '' : node(literal)}<edge id="${escape(id)}" source="${escape(source)}" target="${escape(target)}">${data('e', values)}</edge>\n`)
    }
  }
  yield part('</graph>\n</graphml>\n')
}

/** All nodes stand before all edges, so facts are read twice. */
export async function* gexf(all: readonly Contents[]): AsyncIterable<Part> {
  const attributes = (kind: string, names: readonly string[]): string =>
    `<attributes class="${kind}">\n${names.map((name) => `<attribute id="${name}" title="${name}" type="${TYPES[name] === 'int' ? 'integer' : (TYPES[name] ?? 'string')}"/>\n`).join('')}</attributes>\n`
  const data = (values: Readonly<Record<string, string>>): string => `<attvalues>${Object.entries(values).map(([name, value]) => `<attvalue for="${name}" value="${escape(value)}"/>`).join('')}</attvalues>`
  const node = ({ id, label, ...values }: Node): string => `<node id="${escape(id)}" label="${escape(label)}">${data(values)}</node>\n`
  yield part(`<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n<graph defaultedgetype="directed">\n${attributes('node', NODE_KEYS.slice(1))}${attributes('edge', EDGE_KEYS.slice(1))}<nodes>\n`)
  for (const contents of all) {
    for await (const entity of entitiesOf(contents)) yield part(node(entity))
    const literals = new Set<string>()
    for await (const fact of contents.facts()) {
      const literal = literalOf(fact, contents.collection, literals)
      if (literal !== undefined) yield part(node(literal))
    }
  }
  yield part('</nodes>\n<edges>\n')
  for (const contents of all) {
    for await (const fact of contents.facts()) {
      const { id, source, target, values: { label, ...values } } = edgeOf(fact, contents.collection)
      yield part(`<edge id="${escape(id)}" source="${escape(source)}" target="${escape(target)}" label="${escape(label)}" weight="${fact.score}">${data(values)}</edge>\n`)
    }
  }
  yield part('</edges>\n</graph>\n</gexf>\n')
}

async function* entitiesOf({ collection, entities }: Contents): AsyncIterable<Node> {
  for await (const { id, name, type, aliases, masterId = '' } of entities()) yield { id, label: name, type, aliases: aliases.join('; '), masterId, collection }
}

/** The node of a literal tail, once. */
function literalOf({ tail }: Fact, collection: string, seen: Set<string>): Node | undefined {
  if (!('literal' in tail)) return undefined
  const id = literalId(collection, tail)
  if (seen.has(id)) return undefined
  seen.add(id)
  return { id, label: tail.value, type: tail.literal, aliases: '', masterId: '', collection }
}

function edgeOf({ id, head, relation, tail, status, score, support, evidence }: Fact, collection: string) {
  const documents = [...new Set(evidence.map(({ uri }) => uri))].join('; ')
  return {
    id, source: head.id, target: 'literal' in tail ? literalId(collection, tail) : tail.id,
    values: { label: relation, status, score: String(score), support: String(support), documents, quote: evidence[0]?.quote ?? '' },
  }
}

function part(text: string): Part {
  return { file: '', text }
}

/** XML takes no control characters, however they are written. */
function escape(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD').replace(/[&<>"\t\n\r]/gu, (character) => `&#${character.codePointAt(0)};`)
}
