import { describe, expect, it } from 'vitest'
import { fromTurtle, toShacl, toSkos, toTurtle } from '../../../ontology/index.ts'
import { COMPANIES, ontologyOf } from '../fixtures.ts'

const PREFIXES = `@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <https://example.com/o#> .
`

function read(turtle: string) {
  const { ontology, problems } = fromTurtle(PREFIXES + turtle, 'o.ttl')
  if (!ontology) throw new Error(JSON.stringify(problems))
  return { ontology, warnings: problems.map(({ code }) => code.replace('ontology.', '')) }
}

describe('OWL', () => {
  it('carries an ontology there and back unchanged', async () => {
    const ontology = await ontologyOf(`${COMPANIES.replace('range: Company,', 'range: [Company, Place],')}`)
    const odd = { relation: 'OWNS', text: 'a <h> b', head: [0, 1], tail: [6, 7], negative: false } as const
    const full = { ...ontology, relations: { ...ontology.relations, OWNS: { ...ontology.relations['OWNS']!, examples: [odd], precision: 0.99, maxHeads: 2 } } }
    const turtle = toTurtle(full)
    const { ontology: back, problems } = fromTurtle(turtle, 'o.ttl')
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(back).toEqual(full)
    expect(fromTurtle(toTurtle(back!), 'o.ttl').ontology).toEqual(back)
  })

  it('reads classes and properties as other tools write them', () => {
    const { ontology, warnings } = read(`
<https://example.com/o> a owl:Ontology ; rdfs:label "My companies"@en ; owl:versionInfo "v2.1" .
:Agent a owl:Class .
:Person a owl:Class ; rdfs:subClassOf :Agent , owl:Thing ; rdfs:comment "Ein Mensch."@de , "A human being."@en .
:Firm a rdfs:Class ; rdfs:subClassOf :Agent , [ a owl:Restriction ; owl:onProperty :ledBy ; owl:maxCardinality "2"^^xsd:nonNegativeInteger ] .
[] a owl:AllDisjointClasses ; owl:members ( :Person :Firm ) .
:worksFor a owl:ObjectProperty ; rdfs:label "works for" ; rdfs:domain :Person ; rdfs:range [ owl:unionOf ( :Firm :Person ) ] .
:ledBy a owl:ObjectProperty , owl:IrreflexiveProperty ; rdfs:domain :Firm ; rdfs:range :Person .
:leads a owl:ObjectProperty ; owl:inverseOf :ledBy ; rdfs:domain :Person ; rdfs:range :Firm .
:foundedOn a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:domain :Firm ; rdfs:range xsd:gYear .
:motto a owl:DatatypeProperty ; rdfs:domain :Firm .
:knows a owl:ObjectProperty , owl:SymmetricProperty .`)
    expect(ontology).toMatchObject({ name: 'My-companies', version: '2.1.0', namespace: 'https://example.com/o#', disjoint: [['Person', 'Firm']] })
    expect(ontology.types['Person']).toMatchObject({ parents: ['Agent'], description: 'A human being.' })
    expect(ontology.relations).toMatchObject({
      worksFor: { label: 'works for', domain: ['Person'], range: ['Firm', 'Person'] },
      ledBy: { label: 'led by', irreflexive: true, inverse: 'leads', maxTails: 2 },
      leads: { inverse: 'ledBy' },
      foundedOn: { range: ['date'], literal: 'date', functional: true },
      motto: { range: ['string'], literal: 'string' },
      knows: { symmetric: true, domain: ['Agent'], range: ['Agent'] },
    })
    expect(warnings.filter((code) => code === 'no-ends')).toHaveLength(2)
  })

  it('names what it cannot translate', () => {
    const { ontology, warnings } = read(`
:A a owl:Class ; rdfs:comment "x" ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :A ] .
<https://other.example/A> a owl:Class ; rdfs:comment "y" .
:p a owl:ObjectProperty ; rdfs:domain :A ; rdfs:range :A ; rdfs:subPropertyOf :q ; rdfs:comment "z" .`)
    expect(warnings).toEqual(['renamed', 'untranslated', 'untranslated'])
    expect(Object.keys(ontology.types)).toEqual(['A', 'A_2'])
  })

  it('reports a syntax error with its line, and an empty file', () => {
    expect(fromTurtle(`${PREFIXES}:A a owl:Class\n:B a`, 'o.ttl').problems[0]).toMatchObject({ code: 'ontology.syntax', line: 9 })
    expect(fromTurtle('', 'o.ttl').problems).toContainEqual(expect.objectContaining({ severity: 'error', code: 'ontology.missing-key' }))
  })

  it('gives a class or property of a reserved name another one, since the vocabulary is not its reader\'s to change', () => {
    const { ontology, warnings } = read(`${PREFIXES}<http://xmlns.com/foaf/0.1/Document> a owl:Class ; rdfs:comment "x" .
:date a owl:Class ; rdfs:comment "y" .
:SAME_AS a owl:ObjectProperty ; rdfs:domain <http://xmlns.com/foaf/0.1/Document> ; rdfs:range :date ; rdfs:comment "z" .`)
    expect(warnings).toEqual(['renamed', 'renamed', 'renamed'])
    expect(Object.keys(ontology.types)).toEqual(['Document_', 'date_'])
    expect(ontology.relations['SAME_AS_']).toMatchObject({ domain: ['Document_'], range: ['date_'] })
  })

  it('ends on circular lists and circular classes', () => {
    const circular = `${PREFIXES}:A a owl:Class ; rdfs:subClassOf :B . :B a owl:Class ; rdfs:subClassOf :A .
:p a owl:ObjectProperty ; rdfs:domain [ owl:unionOf _:l ] ; rdfs:range :A . _:l rdf:first :A ; rdf:rest _:l .`
    expect(fromTurtle(circular, 'o.ttl').problems).toContainEqual(expect.objectContaining({ code: 'ontology.parent-cycle' }))
  })
})

describe('SHACL', () => {
  it('reads shapes as domain, range and limits', () => {
    const { ontology, warnings } = read(`
:PersonShape a sh:NodeShape ; sh:targetClass :Person ;
  sh:property [ sh:path :worksFor ; sh:or ( [ sh:class :Firm ] [ sh:class :School ] ) ; sh:maxCount 3 ; sh:name "works for" ; sh:description "x" ] ,
              [ sh:path :born ; sh:datatype xsd:date ; sh:maxCount 1 ; sh:pattern "^1" ] ,
              [ sh:path ( :a :b ) ; sh:class :Firm ] .
:Firm a rdfs:Class , sh:NodeShape ; sh:property [ sh:path :worksFor ; sh:class :Firm ] .`)
    expect(Object.keys(ontology.types).sort()).toEqual(['Firm', 'Person', 'School'])
    expect(ontology.relations).toMatchObject({
      worksFor: { domain: ['Person', 'Firm'], range: ['Firm', 'School'], maxTails: 3, label: 'works for', description: 'x' },
      born: { domain: ['Person'], literal: 'date', functional: true },
    })
    expect(warnings.filter((code) => code === 'untranslated')).toHaveLength(2)
  })

  it('writes shapes that read back to the same ends and limits', async () => {
    const ontology = await ontologyOf(COMPANIES)
    const back = fromTurtle(toShacl(ontology), 'o.ttl').ontology!
    for (const { name, label, description, domain, range, functional, maxTails } of Object.values(ontology.relations)) {
      expect(back.relations[name]).toMatchObject({ label, description, domain, range, functional, ...(maxTails === undefined ? {} : { maxTails }) })
    }
  })
})

describe('SKOS', () => {
  it('reads concepts as types, and writes them back', () => {
    const { ontology } = read(`
<https://example.com/o> a skos:ConceptScheme ; skos:prefLabel "plants" .
:Tree a skos:Concept ; skos:prefLabel "tree"@en , "Baum"@de ; skos:altLabel "trees" ; skos:definition "A woody plant." ; skos:narrower :Oak .
:Oak a skos:Concept ; skos:prefLabel "oak" ; skos:broader :Tree .`)
    expect(ontology.types).toMatchObject({
      Tree: { description: 'A woody plant.', gazetteer: [{ name: 'tree', aliases: ['trees'] }] },
      Oak: { parents: ['Tree'], gazetteer: [{ name: 'oak', aliases: [] }] },
    })
    expect(fromTurtle(toSkos(ontology), 'o.ttl').ontology).toEqual(ontology)
  })
})
