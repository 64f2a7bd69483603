// Document + spans -> view. Windows pass through in small groups, and of each only the pieces' tags and the vectors of the spans asked for are kept.
import type { Document, Span } from '../../ingest/index.ts'
import type { EntityEncoder, EntityHead } from '../entity-encoder.ts'
import { type Kinds, kindBeliefs } from './kinds.ts'
import { linkLogit } from './links.ts'
import { namesOf } from './names.ts'
import type { CoarseBelief, SeenName, View } from './view.ts'
import { sweep } from './sweep.ts'
import { openWanted } from './wanted.ts'

/** Where every piece stands, and the probabilities of its tags. */
interface Sight {
  readonly starts: number[]
  readonly ends: number[]
  readonly beliefs: Float32Array[]
}

/** Looks at a document once; `spans` are those that the view will be asked about, beside the names that the encoder finds. */
export async function look(document: Document, spans: readonly Span[], encoder: EntityEncoder, kinds: Kinds): Promise<View> {
  const { head } = encoder
  const wanted = openWanted(spans, encoder.width)
  const sight: Sight = { starts: [], ends: [], beliefs: [] }
  const names: SeenName[] = []
  for await (const { window, output: { tags, halves } } of sweep(document, encoder)) {
    const rows = window.map((_, k) => softmax(tags.subarray((k + 1) * (1 + 2 * head.coarse.length), (k + 2) * (1 + 2 * head.coarse.length))))
    window.forEach(({ start, end }, k) => {
      sight.starts.push(start)
      sight.ends.push(end)
      sight.beliefs.push(rows[k]!)
    })
    const found = namesOf(window, document.text, rows, head.coarse)
    names.push(...found)
    wanted.see(window, halves, found)
  }
  const vectorOf = wanted.close(head)
  const known = new Map<Float32Array, ReadonlyMap<string, number>>()
  const beliefsOf = (vector: Float32Array): ReadonlyMap<string, number> => {
    const found = known.get(vector) ?? kindBeliefs(vector, kinds, head)
    known.set(vector, found)
    return found
  }
  return {
    names,
    coarse: (span) => beliefOf(span, sight, head),
    kind: (span, type) => {
      const vector = vectorOf(span)
      return vector && beliefsOf(vector).get(type)
    },
    link: (later, earlier) => {
      const [a, b] = [vectorOf(later), vectorOf(earlier)]
      return a && b && linkLogit(later, a, earlier, b, head)
    },
  }
}

function beliefOf({ start, end }: Span, { starts, ends, beliefs }: Sight, { coarse }: EntityHead): CoarseBelief | undefined {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ends[middle]! <= start) low = middle + 1
    else high = middle
  }
  let count = 0
  const belief = { none: 0, PER: 0, ORG: 0, LOC: 0, MISC: 0 }
  for (let k = low; k < starts.length && starts[k]! < end; k += 1) {
    const row = beliefs[k]!
    belief.none += row[0]!
    coarse.forEach((name, c) => { if (name in belief) belief[name as keyof typeof belief] += row[1 + 2 * c]! + row[2 + 2 * c]! })
    count += 1
  }
  if (count === 0) return undefined
  for (const name of Object.keys(belief) as (keyof typeof belief)[]) belief[name] /= count
  return belief
}

function softmax(logits: Float32Array): Float32Array {
  const top = Math.max(...logits)
  const values = logits.map((logit) => Math.exp(logit - top))
  const sum = values.reduce((a, b) => a + b, 0)
  return values.map((value) => value / sum)
}
