// Queries -> the guide that Neo4j Browser opens beside its editor: one slide a topic, a click puts a query into the editor.
import type { Ontology } from '../../ontology/index.ts'
import type { SavedQuery, Topic } from './queries.ts'
import { coloursOf } from './style.ts'

const TITLE = 'Graphloom: your graph'

interface Slide {
  readonly title: string
  readonly intro: string
}

const SLIDES: Readonly<Record<Topic, Slide>> = {
  overview: { title: 'Overview', intro: 'Click a query to put it into the editor, then run it with Ctrl+Enter. Each node carries a readable name; each colour is a type of your ontology.' },
  entity: { title: 'One entity', intro: 'Write another name between the double quotes: names and aliases are searched.' },
  evidence: { title: 'The evidence behind an edge', intro: 'Every edge is a fact with an <b>id</b>. Evidence holds that id as <b>factId</b>, and stands in a passage of a document. Click an edge to see its id.' },
  review: { title: 'Facts in review', intro: 'What the policy did not accept is no edge: it is a <b>Candidate</b>, until a person accepts or rejects it.' },
  changes: { title: 'What changed last', intro: 'Documents as they were read, facts as they came and went, and entities that were found to be one.' },
  schema: { title: 'Schema', intro: 'The ontology is in the graph: its types, what they are subtypes of, and the relations with their ends.' },
  types: { title: 'By type', intro: 'Entities of one type, its subtypes included, with what is said of them.' },
  relations: { title: 'By relation', intro: 'The facts of one relation. A relation with one literal at most is a property of its head.' },
}

const EMPTY = `<slide><div class="col-sm-12"><h3>${TITLE}</h3>
<p>There is nothing in this graph yet. Read documents into it under your ontology, then log in here again:</p>
<pre>graphloom ingest PATH --ontology FILE --store neo4j://HOST:PORT</pre>
<p>or copy what you have already:</p>
<pre>graphloom push --from sqlite:.graphloom/graph.db --to neo4j://HOST:PORT</pre>
</div></slide>`

/** The guide as HTML; Browser takes its slides one by one. */
export function guidePage(ontologies: readonly Ontology[], queries: readonly SavedQuery[]): string {
  const slides = ontologies.length === 0 ? [EMPTY] : (Object.keys(SLIDES) as Topic[]).map((topic) => slideOf(topic, queries.filter((query) => query.topic === topic), ontologies))
  return `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>${TITLE}</title></head>\n<body><article class="guide"><carousel class="deck">\n${slides.join('\n')}\n</carousel></article></body>\n</html>\n`
}

function slideOf(topic: Topic, queries: readonly SavedQuery[], ontologies: readonly Ontology[]): string {
  const { title, intro } = SLIDES[topic]
  const items = queries.map((query) => `<p><b>${escape(query.title)}</b></p>\n<pre class="code runnable">${escape(query.cypher)}</pre>`)
  return `<slide><div class="col-sm-12"><h3>${title}</h3>\n<p>${intro}</p>\n${topic === 'overview' ? legend(ontologies) : ''}${items.join('\n')}\n</div></slide>`
}

function legend(ontologies: readonly Ontology[]): string {
  const names = ontologies.map(({ name, version }) => `${name}@${version}`)
  const chips = [...coloursOf(ontologies)].map(([type, { fill, text, border }]) => `<span style="display:inline-block;margin:2px;padding:1px 8px;border-radius:10px;background:${fill};color:${text};border:1px solid ${border}">${escape(type)}</span>`)
  return `<p>${escape([...new Set(names)].join(', '))}</p>\n<p>${chips.join(' ')}</p>\n`
}

/** Browser strips what looks like an event handler from the whole page, `on… =` inside a query too: no bare equals sign stays. */
function escape(text: string): string {
  return text.replace(/[&<>"'=]/gu, (sign) => `&#${sign.charCodeAt(0)};`)
}
