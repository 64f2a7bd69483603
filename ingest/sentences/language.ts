// The language of a text, by eld; English, the tested path, wins where a text is too short or too full of names to tell.
import type * as Eld from 'eld/small'

const SAMPLE = 4_000
const FUNCTION_WORDS = /\b(?:the|of|and|in|is|was|to|a|an|for|on|with|by|at|from|as|that|are|were|his|her|its|who|which|has|had|he|she|they|it|be|or|not|after|before|since)\b/gi
/** Below this many words, another language must be much likelier than English to be believed. */
const FEW_WORDS = 25

let eld: Promise<typeof Eld> | undefined

/** ISO 639-1 code of the text's language, `und` where nothing tells; `stated` is what the source itself says. */
export async function languageOf(text: string, stated?: string): Promise<string> {
  const sample = text.slice(0, SAMPLE)
  const words = sample.match(/\p{L}+/gu)?.length ?? 0
  if (words === 0) return 'und'
  const english = (sample.match(FUNCTION_WORDS)?.length ?? 0) / words
  if (english >= 0.2) return 'en'
  // The data take half a second to load, so they wait for the first text that needs them.
  eld ??= import('eld/small')
  const result = (await eld).default.detect(sample)
  const scores = result.getScores()
  const margin = (scores[result.language] ?? 0) * (words < FEW_WORDS ? 0.6 : 0.85)
  const doubtful = !result.isReliable() || words < 4 || (english > 0 && (scores['en'] ?? 0) >= margin)
  if (!doubtful) return result.language
  const code = stated?.trim().toLowerCase().slice(0, 2)
  if (code !== undefined && /^[a-z]{2}$/.test(code)) return code
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0
  return latin > words ? 'en' : 'und'
}
