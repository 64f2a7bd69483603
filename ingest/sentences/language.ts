// The language of a text, by eld; English wins doubtful cases that its function words decide.
import type * as Eld from 'eld/small'

const SAMPLE = 4_000
const WORDS = /\b(?:the|of|and|in|is|was|to|a|an|for|on|with|by|at|from|as|that|are|were|his|her|its|who|which|has|had|he|she|they|it|be|or|not|after|before|since)\b/gi

let eld: Promise<typeof Eld> | undefined

/** ISO 639-1 code of the text's language, `und` where too little is known; `stated` is what the source itself says. */
export async function languageOf(text: string, stated?: string): Promise<string> {
  const sample = text.slice(0, SAMPLE)
  const words = sample.match(/\p{L}+/gu)?.length ?? 0
  const english = words === 0 ? 0 : (sample.match(WORDS)?.length ?? 0) / words
  if (english >= 0.2) return 'en'
  // The data take half a second to load, so they wait for the first text that needs them.
  eld ??= import('eld/small')
  const result = (await eld).default.detect(sample)
  const scores = result.getScores()
  const best = scores[result.language] ?? 0
  if (result.isReliable() && (words >= 6 || result.language === 'en')) {
    return english >= 0.1 && (scores['en'] ?? 0) > best * 0.75 ? 'en' : result.language
  }
  const code = stated?.trim().toLowerCase().slice(0, 2)
  if (code !== undefined && /^[a-z]{2}$/.test(code)) return code
  return english > 0 ? 'en' : 'und'
}
