// YAML (or JSON) text -> a tree that knows its lines, and plain data -> YAML: the one place of the `yaml` package.
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, stringify } from 'yaml'

export interface ScalarTree {
  readonly kind: 'scalar'
  readonly line: number
  readonly value: string | number | boolean | null
  /** As it was written, so that `1.10` stays `1.10`. */
  readonly text: string
}

export interface ListTree {
  readonly kind: 'list'
  readonly line: number
  readonly items: readonly Tree[]
}

export interface Entry {
  readonly key: string
  /** Line of the key. */
  readonly line: number
  readonly value: Tree
}

export interface MapTree {
  readonly kind: 'map'
  readonly line: number
  readonly entries: readonly Entry[]
}

export type Tree = ScalarTree | ListTree | MapTree

export interface SyntaxProblem {
  readonly line: number
  readonly message: string
}

/** Parses one YAML or JSON document; the tree is absent when the text has a syntax error. */
export function parseYaml(text: string): { readonly tree?: Tree; readonly problems: readonly SyntaxProblem[] } {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true })
  const problems = document.errors.map((error) => ({ line: counter.linePos(error.pos[0]).line, message: error.message }))
  if (problems.length > 0) return { problems }
  const reader = new TreeReader(document, counter)
  const tree = reader.read(document.contents, 1)
  return reader.problems.length > 0 ? { problems: reader.problems } : { tree, problems }
}

/** Writes plain data as YAML with stable key order. */
export function formatYaml(data: unknown): string {
  return stringify(data, { lineWidth: 0, aliasDuplicateObjects: false, version: '1.2' })
}

class TreeReader {
  readonly problems: SyntaxProblem[] = []
  readonly #document: Document
  readonly #counter: LineCounter
  readonly #done = new Map<Node, Tree>()
  readonly #open = new Set<Node>()

  constructor(document: Document, counter: LineCounter) {
    this.#document = document
    this.#counter = counter
  }

  read(node: unknown, parentLine: number): Tree {
    const target = isAlias(node) ? node.resolve(this.#document) : node
    if (!isScalar(target) && !isMap(target) && !isSeq(target)) return { kind: 'scalar', line: parentLine, value: null, text: '' }
    const line = this.#lineOf(target) ?? parentLine
    const known = this.#done.get(target)
    if (known) return known
    if (this.#open.has(target)) {
      this.problems.push({ line, message: 'An anchor holds itself; write the content out.' })
      return { kind: 'scalar', line, value: null, text: '' }
    }
    this.#open.add(target)
    const tree = this.#convert(target, line)
    this.#open.delete(target)
    // Anchored content is converted once however often it is referred to, so nested aliases cannot explode.
    this.#done.set(target, tree)
    return tree
  }

  #convert(node: Node, line: number): Tree {
    if (isSeq(node)) return { kind: 'list', line, items: node.items.map((item) => this.read(item, line)) }
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => {
        const name = this.read(key, line)
        return { key: name.kind === 'scalar' ? name.text : '(a list or map)', line: name.line, value: this.read(value, name.line) }
      })
      return { kind: 'map', line, entries }
    }
    const value = isScalar(node) ? node.value : null
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
    const source = isScalar(node) && typeof node.source === 'string' ? node.source : ''
    return { kind: 'scalar', line, value: plain, text: typeof plain === 'string' ? plain : source }
  }

  #lineOf(node: Node): number | undefined {
    return node.range ? this.#counter.linePos(node.range[0]).line : undefined
  }
}
