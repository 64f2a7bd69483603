// Label and aliases of a relation -> phrases whose grammar and direction are known; the others are left alone.
import type { CoarseType, CompiledOntology, Relation } from '../../ontology/index.ts'
import { nounCoarse, singular } from '../mentions/index.ts'

/** `verb`: HEAD works for TAIL; `state`: HEAD is based in TAIL; `kind`: HEAD is the capital of TAIL; `role`: the owner of HEAD is TAIL. */
export type Shape = 'verb' | 'state' | 'kind' | 'role'

export interface Phrase {
  readonly shape: Shape
  readonly words: string
  /** The phrase is said of the tail: "TAIL founded HEAD" under FOUNDED_BY. */
  readonly reversed: boolean
  /** Before a `state`: "is based in", "was born in". */
  readonly auxiliary: 'is' | 'was'
}

const AUXILIARY = /^(?:is|are|was|were|has|have|had|will|can|may|must) /
const PREPOSITION = /(?:^| )(?:of|for|to|in|on|at|by|with|from|into|under|over|after|before|against|near|about|as)$/
/** What lasts; other participles tell of a moment. */
const LASTING = /^(?:located|based|situated|employed|owned|led|run|headquartered|known|held|stored|kept|housed|linked|related|connected|managed|operated|used|supplied|married|assigned|attached|bound|part|next|close|due|similar|adjacent)\b/
const STATES = /^(?:located|based|situated|born|held|made|set|known|named|headquartered|built|written|owned|led|run|founded|published|released|signed|stored|kept|housed|hosted|married|related|linked|connected|part|next|close|due|similar|adjacent)\b/
const IRREGULAR = /^(?:led|ran|won|made|built|wrote|sold|bought|held|gave|took|met|left|beat|fought|taught|found|paid|sent|brought|became|knew|led)$/
const FUNCTION_WORD = /^(?:since|when|where|until|by|from|at|in|on|of|to|for|with|as|after|before|the|an?)$/
const UNSAYABLE = /\b(?:its|his|her|their|the head|the tail|head|tail)\b|[^\p{L}\p{N} '’-]/u

/** Phrases of a relation, label first, without repetition. */
export function phrasesOf(relation: Relation, ontology: CompiledOntology): readonly Phrase[] {
  const [head, tail] = [kindsOf(relation.domain, ontology), relation.literal ? new Set<CoarseType>() : kindsOf(relation.range, ontology)]
  const said = [relation.label, ...relation.aliases].map((words) => words.trim())
  const voice = voiceOf(relation.label)
  const phrases = said.flatMap((words, index): Phrase[] => {
    const shape = shapeOf(words, relation.literal === 'date')
    if (shape === undefined) return []
    if (shape === 'kind' || shape === 'role') return directed(words, shape, head, tail, index === 0).map((reversed) => ({ shape, words, reversed, auxiliary: 'is' }))
    const turned = index === 0 ? false : turnedVoice(voice, voiceOf(words), head, tail)
    if (turned === undefined) return []
    const bare = words.replace(AUXILIARY, '')
    return [{ shape, words: shape === 'state' ? bare : words, reversed: turned, auxiliary: /^is /.test(words) || (bare === words && LASTING.test(words)) ? 'is' : 'was' }]
  })
  return [...new Map(phrases.map((phrase) => [JSON.stringify(phrase), phrase])).values()]
}

type Voice = 'passive' | 'transitive' | 'other'

/** "acquired by", "acquired", "works for". */
function voiceOf(words: string): Voice {
  if (/ by$/.test(words)) return 'passive'
  return shapeOf(words) === 'verb' && !PREPOSITION.test(words) ? 'transitive' : 'other'
}

/** An alias of the other voice than the label is said of the other end, unless a person among the ends tells who acts; undefined where nothing tells. */
function turnedVoice(label: Voice, alias: Voice, head: ReadonlySet<CoarseType>, tail: ReadonlySet<CoarseType>): boolean | undefined {
  if (alias === label || alias === 'other') return false
  if (alias === 'passive') return label === 'transitive'
  const [headActs, tailActs] = [head.has('PER'), tail.has('PER')]
  if (headActs !== tailActs) return tailActs
  return label === 'passive' ? true : undefined
}

function shapeOf(words: string, date = false): Shape | undefined {
  if (words === '' || FUNCTION_WORD.test(words) || UNSAYABLE.test(words) || words.split(' ').length > 6) return undefined
  const [first = ''] = words.split(' ')
  if (/^(?:is|was|are|were) (?:the|an?) /.test(words)) return undefined
  const bare = words.replace(AUXILIARY, '')
  if (STATES.test(bare) || (bare !== words && /^\S+(?:ed|en|un|de|lt|ld|wn) /.test(bare) && !/^(?:has|have|had) /.test(words))) return PREPOSITION.test(words) ? 'state' : undefined
  if (AUXILIARY.test(`${first} `) || IRREGULAR.test(words)) return 'verb'
  // "Established in 1994" is said of the firm, "invested in Acme" of who invests.
  if (/ed by$/.test(words) || (date && /^(?:was )?\p{Ll}+(?:ed|en|t|wn) (?:in|on)$/u.test(words))) return 'state'
  if (/^(?:co-)?\p{Ll}+ed$/u.test(first)) return 'verb'
  if (/ of$/.test(words)) return 'kind'
  // "Reports to" is no plural of a noun: nouns take "of".
  if (/^\p{Ll}+[^s]s$/u.test(first) && (PREPOSITION.test(words) || nounCoarse(singular(first)) === undefined)) return 'verb'
  return PREPOSITION.test(words) ? undefined : 'role'
}

/** "Founder of" is said of a person: the coarse kind of the noun tells whether the words are turned; nothing where it does not tell. */
function directed(words: string, shape: 'kind' | 'role', head: ReadonlySet<CoarseType>, tail: ReadonlySet<CoarseType>, label: boolean): boolean[] {
  const noun = (shape === 'kind' ? words.replace(/ of$/, '') : words).split(' ').at(-1)!
  const kind = nounCoarse(singular(noun))
  const [ofHead, ofTail] = [kind !== undefined && head.has(kind), kind !== undefined && tail.has(kind)]
  if (ofHead !== ofTail) {
    // The thing of the tail's kind is the tail: "director of" reads as the role "director".
    return [shape === 'kind' ? ofTail : ofHead]
  }
  return label || (shape === 'role' && kind === undefined) ? [false] : []
}

function kindsOf(types: readonly string[], ontology: CompiledOntology): Set<CoarseType> {
  return new Set(types.flatMap((type) => ontology.ancestors(type)).flatMap((type) => ontology.ontology.types[type]?.ner ?? []))
}
