// First persons -> who speaks: the name before the colon of a turn, the name below a letter; `we` is what the heading names, if that is one body. Second persons -> who is spoken to: the one whom a letter greets.
import { GREETINGS, type Mention } from '../../mentions/index.ts'
import type { Clusters } from '../clusters.ts'

/** A turn of a conversation: `amira: …`, `[10:42] Jo Tan: …`. */
const TURN = /^[^\p{L}\n]{0,12}(?:\p{L}[\p{L}'’._-]*\s?){1,3}:\s/u
/** A line that ends a letter. */
const CLOSING = /^(?:(?:with )?(?:kind|best|warm|many)\b.*\b(?:regards|wishes|thanks)|regards|yours|sincerely|respectfully|with respect|cheers|thanks|best|love|cordially|greetings|signed)\b/iu
/** Most words of a line that is a signature, and lines above it in which the closing stands. */
const SIGNATURE = 5
const ABOVE = 3

/** The line that begins a letter: a greeting and a name, or a name and a comma; and in how many characters it stands. */
const GREETING = new RegExp(String.raw`^(?:(?:${[...GREETINGS].join('|')})\s+\p{L}[^,!?]{0,40}[,!]?|\p{L}[^,!?]{0,30},)$`, 'iu')
const BEGINNING = 300

/** Links `I`, `my`, `we`, `our`, `you` and `your`; in quotation marks others speak. */
export function linkSpeakers(clusters: Clusters): void {
  const turns = turnsOf(clusters)
  const reader = greeted(clusters)
  const first = new Map<string, number>()
  let you: number | undefined
  clusters.mentions.forEach((mention, index) => {
    const { person, number } = mention.agreement
    if (mention.kind !== 'pronoun' || (person !== 1 && person !== 2) || isQuoted(clusters, mention)) return
    const plural = number === 'plural'
    const turn = turns.get(lineOf(clusters, mention))
    if (turns.size > 1) {
      if (person === 1 && !plural && turn !== undefined && clusters.compatible(index, turn)) clusters.join(index, turn, 'speaker of the turn', 0.85)
      return
    }
    if (person === 2) {
      // Elsewhere than in a letter `you` is whoever it was in the sentence or the one before.
      if (reader !== undefined) clusters.join(index, reader, 'greeting', 0.75)
      else if (you !== undefined && mention.sentence - clusters.mentions[you]!.sentence <= 1) clusters.join(index, you, 'same reader', 0.8)
      you = index
      return
    }
    const key = number ?? ''
    const head = first.get(key)
    if (head !== undefined) return clusters.join(index, head, 'same speaker', 0.8)
    first.set(key, index)
    const speaker = plural ? headed(clusters) : signed(clusters)
    if (speaker === undefined) return
    // A page says `we` and `it` of the same body.
    if (plural) clusters.declare(index, speaker, 'body of the heading', 0.75)
    else clusters.join(index, speaker, 'signature', 0.75)
  })
}

/** Start of each line that is a turn -> the mention of who speaks. */
function turnsOf(clusters: Clusters): ReadonlyMap<number, number> {
  const { text } = clusters.document
  const turns = new Map<number, number>()
  clusters.mentions.forEach((mention, index) => {
    const line = lineOf(clusters, mention)
    if (mention.kind !== 'name' || turns.has(line)) return
    const turn = TURN.exec(text.slice(line, line + 80))
    if (turn && mention.end <= line + turn[0].length && text.slice(mention.end, line + turn[0].length).trim() === ':') turns.set(line, index)
  })
  return turns
}

/** Whether a quotation that its paragraph began has not ended before the mention. */
function isQuoted({ document: { text, sentences } }: Clusters, { sentence, start }: Mention): boolean {
  const { paragraph } = sentences[sentence]!
  let first = sentence
  while (first > 0 && sentences[first - 1]!.paragraph === paragraph) first -= 1
  const before = text.slice(sentences[first]!.start, start)
  return (before.match(/"/gu) ?? []).length % 2 === 1 || (before.match(/“/gu) ?? []).length > (before.match(/”/gu) ?? []).length
}

function lineOf({ document: { text } }: Clusters, { start }: Mention): number {
  return text.lastIndexOf('\n', start - 1) + 1
}

/** The person whose name alone makes one of the last lines, below a closing or at the very end. */
function signed({ document: { text }, mentions }: Clusters): number | undefined {
  const lines = text.trimEnd().split('\n')
  const below = new Set(lines.flatMap((line, k) => lines.slice(Math.max(0, k - ABOVE), k).some((above) => CLOSING.test(above.trim())) || k === lines.length - 1 ? [line.trim()] : []))
  const found = mentions.findLastIndex((mention) => mention.kind === 'name' && mention.coarse === 'PER' && below.has(lineAround(text, mention)) && lineAround(text, mention).split(/\s+/u).length <= SIGNATURE && lineAround(text, mention).startsWith(mention.text))
  return found < 0 ? undefined : found
}

/** The one person whom a line near the beginning greets and nobody beside. */
function greeted({ document: { text }, mentions }: Clusters): number | undefined {
  const found = mentions.findIndex((mention) => mention.kind === 'name' && mention.coarse === 'PER' && mention.start < BEGINNING && GREETING.test(lineAround(text, mention)))
  if (found < 0) return undefined
  const line = lineAround(text, mentions[found]!)
  const others = mentions.some((mention, index) => index !== found && mention.kind === 'name' && mention.start < BEGINNING && lineAround(text, mention) === line)
  return others || /\b(?:and|all|both|colleagues|everyone)\b|&/iu.test(line) ? undefined : found
}

function lineAround(text: string, { start, end }: Mention): string {
  const stop = text.indexOf('\n', end)
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, stop < 0 ? text.length : stop).trim()
}

/** The one body that the document's title or first line names. */
function headed({ document: { title, sentences }, mentions }: Clusters): number | undefined {
  const bodies = mentions.flatMap((mention, index) => (mention.kind === 'name' && mention.coarse === 'ORG' && (mention.sentence === 0 || (title !== '' && title.includes(mention.text))) ? [index] : []))
  return new Set(bodies.map((index) => mentions[index]!.text)).size === 1 && sentences.length > 1 ? bodies[0] : undefined
}
