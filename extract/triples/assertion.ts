// Does the text state the pair's relation, or deny, suppose, plan, ask or rumour it? Cue words with the clause as their scope.
import type { Span } from '../../ingest/index.ts'

export type Assertion = 'stated' | 'negated' | 'hypothetical' | 'ended'

export interface AssertionInput {
  readonly text: string
  readonly sentence: Span
  readonly head: Span
  readonly tail: Span
}

// Denials: the statement is said not to hold.
const NEGATED = /\b(?:not(?!\s+(?:only|just|merely|least))|never|neither|nor|nobody|no\s+one|none|without|cannot|rather\s+than|instead\s+of|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)\s+to|fail(?:s|ed|ing)?\s+to|reject(?:s|ed|ing)?|turn(?:s|ed)?\s+down|disput(?:e|es|ed)|untrue|false(?:ly)?|wrong(?:ly)?|mistaken(?:ly)?|cancel(?:l?ed|s)?|called\s+off|fell\s+through|abandon(?:ed|s)?|unlike|far\s+from|no\s+(?:evidence|record|proof|link|connection|sign|plans?))\b|\w+n['’]t\b/iu
// Suppositions, plans, questions and hearsay. `may` and `will` count only in lower case: May is a month, Will a man.
const HYPOTHETICAL = /\b(?:[Ii]f|[Uu]nless|[Ww]hether|may(?!\s+\d)|might|could|would|should|will|shall|[Pp]erhaps|[Pp]ossibly|[Mm]aybe|[Pp]robably|[Ll]ikely\s+to|[Aa]lleged(?:ly)?|[Rr]eportedly|[Ss]upposed(?:ly)?|[Pp]urported(?:ly)?|[Rr]umou?r(?:s|ed)?|[Ss]peculat\w*|[Gg]ossip|hearsay|word\s+is|plan(?:s|ned|ning)?\s+(?:to|for|on)|[Pp]lanned|intend(?:s|ed)?\s+to|expect(?:s|ed)?\s+to|due\s+to\s+(?:become|be|join|take|move|open|merge)|aim(?:s|ed)?\s+to|hop(?:e|es|ed|ing)\s+to|want(?:s|ed)?\s+to|wish(?:es|ed)?\s+to|seek(?:s|ing)?\s+to|sought\s+to|tr(?:y|ies|ied|ying)\s+to|offer(?:s|ed)?\s+to|agreed\s+to|propos(?:e|es|ed|al|als)|suggest(?:s|ed|ion)?\s+(?:that|to)|consider(?:s|ed|ing)?|weigh(?:s|ed|ing)?|discuss(?:es|ed|ing)?|(?:in|under)\s+talks|negotiat\w+|prospective|would-be|candidate\s+for|suspect(?:s|ed)?|believ(?:e|es|ed)\s+to|thought\s+to|said\s+to\s+be|claim(?:s|ed)?\s+(?:that|to)|pretend(?:s|ed)?|dream(?:s|ed|t)?\s+of|imagin(?:e|es|ed)|as\s+though|as\s+if|until\s+.{0,30}\bdecid\w+|pending|trial|draft)\b/u
// What held once: a refusal only for relations that ask for the present.
const ENDED = /\b(?:former(?:ly)?|ex-|once|previously|until|no\s+longer|used\s+to|had\s+been|retired|resigned|left|replaced|gave\s+up|moved\s+away|was\s+sold|decommissioned|switched\s+off|scrapped|late\s+19|erstwhile|at\s+(?:the|that)\s+time|back\s+then|in\s+those\s+days|outgoing|(?:stepped|stood)\s+down|(?:has|have|had)\s+(?:since\s+)?(?:gone|moved|quit|stepped)|went\s+over\s+to)\b/iu
// A span of time that is over, unless the clause says that it goes on: "has worked there for ten years".
const FOR_A_TIME = /\bfor\s+(?:\d+|a\s+few|several|many|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)\s+(?:years|months|seasons|terms)\b/giu
const GOES_ON = /\b(?:has|have|['’]ve|['’]s)\b/iu

/** Judges one pair in its sentence; `ended` matters only to relations about the present. */
export function assess(input: AssertionInput): Assertion {
  const scope = scopeOf(input)
  if (matches(NEGATED, scope)) return 'negated'
  if (matches(HYPOTHETICAL, scope) || asks(input)) return 'hypothetical'
  if (matches(ENDED, scope) || lasted(scope)) return 'ended'
  return 'stated'
}

/** Whether a relation's description asks for what holds at the time of the text. */
export function asksForPresent(description: string): boolean {
  return /\b(?:at the time of the text|at present|currently|former|given up|ended|no longer)\b/iu.test(description) && !/\b(?:or|and) (?:was|were|has been|worked|lived|belonged)\b|, or \w+ed\b/iu.test(description)
}

/** The clause that holds both ends, without the inner clauses that speak of something else; the ends' own words are blanked. */
function scopeOf({ text, sentence, head, tail }: AssertionInput): string {
  const [first, second] = head.start <= tail.start ? [head, tail] : [tail, head]
  const from = Math.max(sentence.start, Math.min(first.start, sentence.end))
  const before = text.slice(sentence.start, from)
  const between = text.slice(first.end, Math.max(first.end, second.start))
  const after = text.slice(Math.max(first.end, second.end), Math.max(second.end, sentence.end))
  // A relative clause between commas has its own cues: "X, which never paid a dividend, bought Y".
  const bare = between.replace(/,\s*(?:which|who|whose|where|when|although|though|while)\b[^,]*,/giu, ',')
  return `${lastClause(before)} \u0001 ${bare} \u0001 ${firstClause(after)}`
}

/** From the last clause boundary; a comma is none, for "if" reaches over it. */
function lastClause(before: string): string {
  return before.split(/[;:.!?]\s|,?\s+(?:but|and|while|whereas|although|though)\s+|\)\s/u).at(-1)!
}

function firstClause(after: string): string {
  return after.split(/[;:]|[.!?]\s|,\s|\s+(?:but|and|while|whereas|although|though|who|which|because|after|before|when)\s+/u)[0]!
}

function asks({ text, sentence }: AssertionInput): boolean {
  return /\?["'”’)\]]*\s*$/u.test(text.slice(sentence.start, sentence.end))
}

/** Asked of each place apart: a look-behind in the cue itself would walk the whole scope from every character. */
function lasted(scope: string): boolean {
  return [...scope.matchAll(FOR_A_TIME)].some(({ index }) => !GOES_ON.test(scope.slice(0, index)))
}

function matches(cue: RegExp, scope: string): boolean {
  return cue.test(scope)
}
