// Ontology's names -> token trie; document -> longest matches. A node is an integer, an edge one number key in a flat Map: a million names fit into memory.
import type { Ontology } from '../../ontology/index.ts'
import { fold, type Token } from './token.ts'
import { isCommonWord } from './words/index.ts'

/** How a stored writing may differ from the text's: `exact` not at all, `folded` in case and accents. */
type Rule = 'exact' | 'folded'

interface Terminal {
  readonly name: string
  readonly types: readonly string[]
  readonly id?: string
  readonly rule: Rule
}

export interface GazetteerMatch {
  /** Index of the first token and of the one after the last. */
  readonly from: number
  readonly to: number
  readonly types: readonly string[]
  readonly masterId?: string
}

export interface Gazetteer {
  readonly size: number
  match(tokens: readonly Token[]): GazetteerMatch[]
}

const WORDS_BOUND = 2 ** 26

/** Builds the trie; names keep their case rule, ids and types. */
export function compileGazetteer(ontology: Ontology): Gazetteer {
  const words = new Map<string, number>()
  const edges = new Map<number, number>()
  const terminals = new Map<number, Terminal[]>()
  let nodes = 1
  const insert = (name: string, type: string, id: string | undefined): void => {
    let node = 0
    const units = nameUnits(name)
    if (units.length === 0) return
    for (const unit of units) {
      const word = words.get(unit) ?? words.set(unit, words.size + 1).size
      const key = node * WORDS_BOUND + word
      let next = edges.get(key)
      if (next === undefined) { next = nodes++; edges.set(key, next) }
      node = next
    }
    const found = terminals.get(node) ?? []
    const same = found.findIndex(terminal => terminal.name === name && terminal.id === id)
    if (same >= 0) found[same] = { ...found[same]!, types: [...new Set([...found[same]!.types, type])].sort() }
    else found.push({ name, types: [type], rule: ruleOf(name), ...(id === undefined ? {} : { id }) })
    terminals.set(node, found)
  }
  for (const type of Object.values(ontology.types)) {
    for (const entry of type.gazetteer) for (const name of new Set([entry.name, ...entry.aliases])) insert(name, type.name, entry.id)
  }
  return { size: terminals.size, match: tokens => (terminals.size === 0 ? [] : matchAll(tokens, words, edges, terminals)) }
}

function matchAll(tokens: readonly Token[], words: ReadonlyMap<string, number>, edges: ReadonlyMap<number, number>, terminals: ReadonlyMap<number, readonly Terminal[]>): GazetteerMatch[] {
  const units = tokens.map(token => unitsOf(token.text))
  const matches: GazetteerMatch[] = []
  for (let from = 0; from < tokens.length; from++) {
    if (units[from]!.length === 0) continue
    let node: number | undefined = 0
    let best: GazetteerMatch | undefined
    for (let to = from; to < tokens.length && node !== undefined; to++) {
      for (const unit of units[to]!) {
        const word = words.get(unit)
        node = word === undefined || node === undefined ? undefined : edges.get(node * WORDS_BOUND + word)
      }
      // A dot has no unit: it may stand inside a name, not at its end.
      const hits = node === undefined || units[to]!.length === 0 ? undefined : terminals.get(node)?.filter(hit => allowed(hit, tokens.slice(from, to + 1)))
      if (hits !== undefined && hits.length > 0) best = { from, to: to + 1, ...merge(hits) }
    }
    if (best !== undefined) { matches.push(best); from = best.to - 1 }
  }
  return matches
}

/** Several entries of one writing: types of all; a master id only when all agree, since a wrong key is worse than none. */
function merge(hits: readonly Terminal[]): { types: readonly string[], masterId?: string } {
  const ids = new Set(hits.map(hit => hit.id))
  const id = ids.size === 1 ? hits[0]!.id : undefined
  return { types: [...new Set(hits.flatMap(hit => hit.types))].sort(), ...(id === undefined ? {} : { masterId: id }) }
}

function allowed(hit: Terminal, tokens: readonly Token[]): boolean {
  if (hit.rule === 'folded') return true
  // Exact writing, but for the white space and accents between the units.
  const written = tokens.map(token => token.text).join('').replaceAll(/[\s.]/gu, '')
  return written.normalize('NFD').replaceAll(/\p{M}/gu, '') === hit.name.normalize('NFD').replaceAll(/[\s.\p{M}]/gu, '')
}

/** Short names, all-capitals acronyms and ordinary words are matched as written; longer names in any case. */
function ruleOf(name: string): Rule {
  const letters = name.replaceAll(/[^\p{L}]/gu, '')
  if (letters.length < 4) return 'exact'
  if (letters.length <= 6 && letters === letters.toUpperCase() && letters !== letters.toLowerCase()) return 'exact'
  const parts = fold(name).split(/[^\p{L}\p{N}]+/u).filter(part => part !== '')
  return parts.length === 1 && isCommonWord(parts[0]!) ? 'exact' : 'folded'
}

function nameUnits(name: string): string[] {
  return name.split(/\s+/u).flatMap(unitsOf)
}

/** Units that hyphens, marks and apostrophes part, so that the text's own tokens and the name's agree. */
function unitsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []
}
