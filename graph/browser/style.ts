// Ontologies -> a GraSS style sheet, as Neo4j Browser's `:style` reads it: a colour per type, names as captions.
import type { Ontology, Relation } from '../../ontology/index.ts'
import { byCodeUnit } from '../identity.ts'
import { paletteOf, type Swatch, swatchOf } from './palette.ts'

type Declarations = Readonly<Record<string, string>>

/** Labels that every graph has, in greys and paper colours, so that colour means type. */
const INTERNAL: Readonly<Record<string, { readonly fill: string; readonly diameter: number }>> = {
  Candidate: { fill: '#fff3bf', diameter: 65 },
  Chain: { fill: '#f1f3f5', diameter: 40 },
  Decision: { fill: '#d3f9d8', diameter: 65 },
  Document: { fill: '#495057', diameter: 65 },
  Evidence: { fill: '#dee2e6', diameter: 50 },
  Literal: { fill: '#e9ecef', diameter: 50 },
  OntologyRelation: { fill: '#ced4da', diameter: 50 },
  OntologyType: { fill: '#343a40', diameter: 65 },
  Passage: { fill: '#868e96', diameter: 50 },
}

const INTERNAL_RELATIONS = ['DOMAIN', 'FROM', 'PART_OF', 'RANGE', 'SAME_AS', 'SUBTYPE_OF'] as const

/** Types from the most general down, as their rules must stand: of the rules that match a node, the last wins. */
export function typesInOrder(ontologies: readonly Ontology[]): readonly string[] {
  const depths = new Map<string, number>()
  for (const { types } of ontologies) {
    const depthOf = (name: string, seen: readonly string[] = []): number =>
      Math.max(0, ...(types[name]?.parents ?? []).filter((parent) => Object.hasOwn(types, parent) && !seen.includes(parent)).map((parent) => 1 + depthOf(parent, [...seen, name])))
    for (const name of Object.keys(types)) depths.set(name, Math.max(depths.get(name) ?? 0, depthOf(name)))
  }
  return [...depths].sort(([a, x], [b, y]) => x - y || byCodeUnit(a, b)).map(([name]) => name)
}

/** The colours of the style sheet, type by type. */
export function coloursOf(ontologies: readonly Ontology[]): ReadonlyMap<string, Swatch> {
  return paletteOf(typesInOrder(ontologies))
}

export function styleSheet(ontologies: readonly Ontology[]): string {
  const relations = new Map<string, Relation>(ontologies.flatMap((ontology) => Object.entries(ontology.relations)))
  return [
    rule('node', { diameter: '65px', ...colours(swatchOf('#adb5bd')), 'border-width': '2px', 'font-size': '10px', caption: '"{name}"' }),
    rule('relationship', { color: '#5c636a', 'shaft-width': '2px', 'font-size': '10px', padding: '3px', 'text-color-external': '#212529', 'text-color-internal': '#ffffff', caption: '"<type>"' }),
    rule('node.Entity', { diameter: '65px', ...colours(swatchOf('#adb5bd')), caption: '"{name}"' }),
    ...[...coloursOf(ontologies)].map(([type, swatch]) => rule(`node.${type}`, { diameter: '65px', ...colours(swatch), caption: '"{name}"' })),
    ...Object.entries(INTERNAL).map(([label, { fill, diameter }]) => rule(`node.${label}`, { diameter: `${diameter}px`, ...colours(swatchOf(fill)), caption: '"{name}"' })),
    ...[...relations].sort(([a], [b]) => byCodeUnit(a, b)).map(([name, { label }]) => rule(`relationship.${name}`, { caption: captionOf(label) })),
    ...INTERNAL_RELATIONS.filter((name) => !relations.has(name)).map((name) => rule(`relationship.${name}`, { color: '#868e96', 'shaft-width': '1px', 'text-color-internal': '#111111', caption: captionOf(name.toLowerCase().replaceAll('_', ' ')) })),
  ].join('\n')
}

function colours({ fill, border, text }: Swatch): Declarations {
  return { color: fill, 'border-color': border, 'text-color-internal': text }
}

function rule(selector: string, declarations: Declarations): string {
  return `${selector} {\n${Object.entries(declarations).map(([key, value]) => `  ${key}: ${value};\n`).join('')}}\n`
}

/** Browser's parser cuts at these characters wherever they stand; a label that has one is shown by its type. */
function captionOf(label: string): string {
  return label.trim() === '' || /["'{}:;\\<>\r\n]/u.test(label) ? '"<type>"' : `"${label.trim()}"`
}
