// Statement -> features: the encoder's vector and stems, with order and distance.
import type { Encoder } from '../encoder.ts'
import { encodeMarked } from './pack.ts'
import { clipped, localSpan, markedOf, type Statement } from './statement.ts'
import { isContent, stems } from './words.ts'

export interface Features {
  readonly vector: Float32Array // (width), three blocks of unit length
  /** Stem features with weights, L2-normalised. */
  readonly stems: ReadonlyMap<string, number>
  /** Plain stems near the pair, for cues: stem -> closeness in (0, 1]. */
  readonly near: ReadonlyMap<string, number>
  /** 1 = head first, -1 = tail first. */
  readonly order: 1 | -1
  /** log(1 + words between). */
  readonly distance: number
}

/** Features of all statements; those of one window share a pass. */
export async function computeFeatures(statements: readonly Statement[], encoder: Encoder): Promise<Features[]> {
  const vectors = await encodeMarked(statements.map(markedOf), encoder)
  return statements.map((statement, k) => ({
    vector: vectors[k]!,
    order: statement.head.start <= statement.tail.start ? 1 : -1,
    ...stemFeatures(statement),
  }))
}

function stemFeatures(statement: Statement): Pick<Features, 'stems' | 'near' | 'distance'> {
  const { text, window, header } = statement
  const [head, tail] = [clipped(statement.head, window), clipped(statement.tail, window)]
  const local = localSpan(statement)
  const [first, second] = head.start <= tail.start ? [head, tail] : [tail, head]
  const sign = head.start <= tail.start ? '>' : '<'
  const before = stems(text, local.start, first.start).slice(-4)
  const between = stems(text, first.end, Math.max(first.end, second.start))
  const after = stems(text, Math.max(first.end, second.end), local.end).slice(0, 4)
  const weights = new Map<string, number>()
  const near = new Map<string, number>()
  const add = (name: string, weight: number): void => void weights.set(name, Math.max(weight, weights.get(name) ?? 0))
  const closeness = (stem: string, value: number): void => void near.set(stem, Math.max(value, near.get(stem) ?? 0))
  // A word that stands among many says less about the pair.
  const share = 1 / Math.sqrt(Math.max(1, between.length / 6))
  for (const [k, { stem }] of between.entries()) {
    closeness(stem, share)
    if (!isContent(stem) && between.length > 3) continue
    add(`b:${stem}`, share)
    add(`b${sign}${stem}`, share)
    const next = between[k + 1]
    if (next) add(`b${sign}${stem} ${next.stem}`, share)
  }
  for (const [list, place] of [[before, 'l'], [after, 'r']] as const) {
    for (const { stem } of list) {
      closeness(stem, 0.5)
      if (isContent(stem)) add(`${place}${sign}${stem}`, 0.7)
    }
  }
  if (between.length <= 2) add(`gap${sign}${text.slice(first.end, second.start).replace(/[\p{L}\p{N}\s]+/gu, ' ').trim().slice(0, 6)}`, 0.7)
  const beside = text.slice(first.start - 1, first.start) + text.slice(second.end, second.end + 1)
  if (/[(,]/u.test(beside)) add(`beside${sign}${beside.trim()}`, 0.3)
  for (const { stem } of header ? stems(header) : []) {
    closeness(stem, 1)
    add(`header:${stem}`, 1)
    add(`b:${stem}`, 1)
  }
  const norm = Math.hypot(...weights.values()) || 1
  return { stems: new Map([...weights].map(([name, weight]) => [name, weight / norm])), near, distance: Math.log1p(between.length) }
}
