// Text -> part of speech and name cues of each token, by compromise's tagger. The one place of that package.
import nlp from 'compromise/two'
import type { Sentence } from '../../ingest/index.ts'
import type { Token } from './token.ts'

/** Bits of a tag. */
export const TAG = {
  noun: 1, verb: 2, adjective: 4, adverb: 8, function: 16, plural: 32, proper: 64,
  person: 128, firstName: 256, male: 512, female: 1024, place: 2048, organization: 4096, value: 8192, past: 16384, gerund: 32768,
} as const

const BITS: Readonly<Record<string, number>> = {
  Noun: TAG.noun, Verb: TAG.verb, Adjective: TAG.adjective, Adverb: TAG.adverb, Determiner: TAG.function, Preposition: TAG.function,
  Conjunction: TAG.function, Pronoun: TAG.function, QuestionWord: TAG.function, Plural: TAG.plural, ProperNoun: TAG.proper,
  Person: TAG.person, FirstName: TAG.firstName, MaleName: TAG.male, FemaleName: TAG.female, Place: TAG.place, Organization: TAG.organization,
  Value: TAG.value, PastTense: TAG.past, Participle: TAG.past, Gerund: TAG.gerund,
}

/** Longest text given to the tagger at once: its memory grows with the text. */
const CHUNK = 8_000

/** Tags of every token, sentence by sentence; 0 where the tagger said nothing. */
export function tag(text: string, sentences: readonly Sentence[], tokens: readonly (readonly Token[])[]): Uint16Array[] {
  const tags = tokens.map(units => new Uint16Array(units.length))
  for (let from = 0; from < sentences.length;) {
    let to = from + 1
    while (to < sentences.length && sentences[to]!.end - sentences[from]!.start < CHUNK) to++
    tagChunk(text, sentences[from]!.start, sentences[to - 1]!.end, from, to, tokens, tags)
    from = to
  }
  return tags
}

function tagChunk(text: string, start: number, end: number, from: number, to: number, tokens: readonly (readonly Token[])[], tags: readonly Uint16Array[]): void {
  let sentence = from
  let unit = 0
  let at = start
  const chunk = text.slice(start, end)
  for (const terms of nlp(chunk).document) {
    for (const term of terms) {
      if (term.text === '') continue
      // Contractions leave terms that stand nowhere in the text: they are near misses and are passed over.
      const found = chunk.indexOf(term.text, at - start)
      if (found < 0 || found - (at - start) > 40) continue
      const termStart = start + found
      at = termStart + term.text.length
      let bits = 0
      for (const name of term.tags ?? []) bits |= BITS[name] ?? 0
      while (sentence < to && (unit >= tokens[sentence]!.length || tokens[sentence]![unit]!.end <= termStart)) {
        if (unit < tokens[sentence]!.length) unit++
        else { sentence++; unit = 0 }
      }
      for (let s = sentence, u = unit; s < to;) {
        const token = tokens[s]![u]
        if (token === undefined) { s++; u = 0; continue }
        if (token.start >= at) break
        tags[s]![u] = tags[s]![u]! | bits
        u++
      }
    }
  }
}
