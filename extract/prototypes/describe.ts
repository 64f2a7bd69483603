// A relation in words -> the vector that pairs are compared with before any example. The wording is the one that the encoder was trained with.
import type { Relation } from '../../ontology/index.ts'
import type { Encoder } from '../encoder.ts'
import { meanOf } from './compare.ts'
import { encodeMarked, type Marked } from './pack.ts'

/** Aliases that are read one by one. */
const MAX_ALIASES = 4

/** One vector a relation, in order: the mean over its full description and its shorter names. */
export async function describeRelations(relations: readonly Relation[], encoder: Encoder): Promise<Float32Array[]> {
  const wordings = relations.map(wordingsOf)
  const vectors = await encodeMarked(wordings.flat(), encoder)
  let at = 0
  return wordings.map((some) => {
    const from = at
    at += some.length
    // The full wording counts as much as all the short ones together.
    const [full, ...short] = vectors.slice(from, at)
    return meanOf([...short.map(() => full!), full!, ...short], encoder.head)
  })
}

/** The relation as it is put behind a text, to be asked whether the text says it. */
export function claimOf(relation: Relation): string {
  return wordingsOf(relation)[0].text
}

/** In full first. */
function wordingsOf({ label, description, aliases, domain, range, literal }: Relation): readonly [Marked, ...Marked[]] {
  const [head, tail] = [wordsOf(domain), literal ?? wordsOf(range)]
  const say = (...parts: readonly string[]): Marked => {
    const ends = `${head} ; ${tail}`
    return {
      text: `${ends} : ${parts.filter((part) => part !== '').join(' ; ')}`,
      head: { start: 0, end: head.length }, tail: { start: head.length + 3, end: ends.length },
    }
  }
  return [say(label, description, aliases.slice(0, 4).join(', ')), say(label), ...(description ? [say(description)] : []), ...aliases.slice(0, MAX_ALIASES).map((alias) => say(alias))]
}

/** `SoftwareProduct` -> `software product`; several types side by side. */
function wordsOf(types: readonly string[]): string {
  return types.map((type) => type.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ').toLowerCase()).join(', ') || 'thing'
}
