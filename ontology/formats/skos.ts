// SKOS concepts <-> types: broader = parents, definition = description, labels other than the name = names to look for.
import type { Ontology } from '../ontology.ts'
import type { Draft } from './draft.ts'
import { expand, iri, literal, type Properties, type Subject, VOCABULARIES, writeTurtle } from './rdf.ts'

/** Adds the concepts of the graph to the draft. */
export function readConcepts(draft: Draft): void {
  const { graph } = draft
  for (const resource of graph.ofType(expand('skos:Concept'))) {
    const type = draft.type(resource)
    if (!type) continue
    type.description ||= graph.texts(resource, expand('skos:definition'))[0] ?? graph.texts(resource, expand('skos:scopeNote'))[0] ?? ''
    const names = [...graph.texts(resource, expand('skos:prefLabel')), ...graph.texts(resource, expand('skos:altLabel'))]
    if (names[0] !== undefined) type.gazetteer.push({ name: names[0], aliases: names.slice(1) })
    const broader = [...graph.resources(resource, expand('skos:broader')), ...graph.subjects(expand('skos:narrower'), resource)]
    for (const above of broader) {
      const parent = draft.type(above)
      if (parent && !type.parents.includes(parent.name)) type.parents.push(parent.name)
    }
  }
}

/** Writes the types as a SKOS concept scheme; relations have no place in SKOS. */
export function toSkos({ name, version, namespace, types }: Ontology): string {
  const scheme: Subject = {
    iri: namespace.replace(/[#/]$/, ''),
    properties: [[expand('rdf:type'), iri(expand('skos:ConceptScheme'))], [expand('skos:prefLabel'), literal(name)], [expand('owl:versionInfo'), literal(version)]],
  }
  const concepts = Object.values(types).map((type): Subject => {
    const [first, ...others] = [...new Set(type.gazetteer.flatMap((entry) => [entry.name, ...entry.aliases]))]
    const properties: Properties = [
      [expand('rdf:type'), iri(expand('skos:Concept'))],
      [expand('skos:inScheme'), iri(scheme.iri)],
      ...(first === undefined ? [] : [[expand('skos:prefLabel'), literal(first)] as const]),
      ...others.map((alias) => [expand('skos:altLabel'), literal(alias)] as const),
      ...(type.description === '' ? [] : [[expand('skos:definition'), literal(type.description)] as const]),
      ...type.parents.map((parent) => [expand('skos:broader'), iri(namespace + parent)] as const),
    ]
    return { iri: namespace + type.name, properties }
  })
  return writeTurtle([scheme, ...concepts], { skos: VOCABULARIES.skos, owl: VOCABULARIES.owl, xsd: VOCABULARIES.xsd, '': namespace })
}
