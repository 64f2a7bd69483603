// Marked sentences and JSON Lines rows -> relation examples with checked offsets, and back.
import { suggest } from './nearest.ts'
import type { RelationExample } from './ontology.ts'

/** An example, or why the given text is none. */
export type ExampleResult = { readonly example: RelationExample } | { readonly problem: string }

const ROW_KEYS = ['relation', 'text', 'head', 'tail', 'negative']
const MARKS = ['<h>', '</h>', '<t>', '</t>'] as const

/** Reads `<h>Ada</h> joined <t>Acme</t>.`; the marks may nest but each stands exactly once. */
export function readMarked(marked: string, relation: string, negative: boolean): ExampleResult {
  const at = new Map<string, number>()
  let text = ''
  let end = 0
  for (const match of marked.matchAll(/<\/?[ht]>/g)) {
    text += marked.slice(end, match.index)
    end = match.index + match[0].length
    if (at.has(match[0])) return { problem: `${match[0]} stands more than once in "${marked}".` }
    at.set(match[0], text.length)
  }
  text += marked.slice(end)
  const missing = MARKS.filter((mark) => !at.has(mark))
  if (missing.length > 0) return { problem: `An example marks its head as <h>…</h> and its tail as <t>…</t>; missing ${missing.join(' ')} in "${marked}".` }
  const [headStart, headEnd, tailStart, tailEnd] = MARKS.map((mark) => at.get(mark)!) as [number, number, number, number]
  return checked({ relation, text, head: [headStart, headEnd], tail: [tailStart, tailEnd], negative })
}

/** Reads one parsed row of JSON Lines; `relation` is the default where the row names none. */
export function readRow(row: unknown, relation?: string, negative = false): ExampleResult {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return { problem: 'An example is an object with relation, text, head and tail.' }
  const unknown = Object.keys(row).find((key) => !ROW_KEYS.includes(key))
  if (unknown !== undefined) return { problem: `Unknown key "${unknown}".${suggest(unknown, ROW_KEYS)}` }
  const given = row as Readonly<Record<string, unknown>>
  const name = given['relation'] ?? relation
  const isNegative = given['negative'] ?? negative
  const text = given['text']
  if (typeof name !== 'string') return { problem: 'An example needs "relation", the name of a relation.' }
  if (relation !== undefined && name !== relation) return { problem: `The example is for "${name}", but stands among those of "${relation}".` }
  if (typeof text !== 'string') return { problem: 'An example needs "text".' }
  if (typeof isNegative !== 'boolean') return { problem: '"negative" must be true or false.' }
  if (given['head'] === undefined && given['tail'] === undefined) return readMarked(text, name, isNegative)
  const [head, tail] = [rangeOf(given['head']), rangeOf(given['tail'])]
  if (!head) return { problem: '"head" must be [start, end], two whole numbers.' }
  if (!tail) return { problem: '"tail" must be [start, end], two whole numbers.' }
  return checked({ relation: name, text, head, tail, negative: isNegative })
}

/** Writes an example as a marked sentence; none when its text holds marks itself or its ends interlock. */
export function markExample({ text, head, tail }: RelationExample): string | undefined {
  const inserts = [
    { at: head[0], mark: '<h>', order: 2, width: head[1] - head[0] }, { at: head[1], mark: '</h>', order: 1, width: head[0] - head[1] },
    { at: tail[0], mark: '<t>', order: 2, width: tail[1] - tail[0] }, { at: tail[1], mark: '</t>', order: 1, width: tail[0] - tail[1] },
  ].sort((a, b) => a.at - b.at || a.order - b.order || b.width - a.width)
  let marked = ''
  let end = 0
  for (const { at, mark } of inserts) {
    marked += text.slice(end, at) + mark
    end = at
  }
  marked += text.slice(end)
  const back = readMarked(marked, '', false)
  const same = 'example' in back && back.example.text === text && String([back.example.head, back.example.tail]) === String([head, tail])
  return same ? marked : undefined
}

function rangeOf(value: unknown): readonly [number, number] | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined
  const [start, end] = value as [unknown, unknown]
  return Number.isSafeInteger(start) && Number.isSafeInteger(end) ? [start as number, end as number] : undefined
}

function checked(example: RelationExample): ExampleResult {
  for (const end of ['head', 'tail'] as const) {
    const [from, to] = example[end]
    if (from < 0 || to > example.text.length || from >= to || example.text.slice(from, to).trim() === '') {
      return { problem: `The ${end} [${from}, ${to}] is no span with words in a text of ${example.text.length} characters.` }
    }
  }
  if (String(example.head) === String(example.tail)) return { problem: 'Head and tail are the same span.' }
  return { example }
}
