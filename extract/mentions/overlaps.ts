// Overlapping mentions -> mentions where names and literals are flat, but for offices and what stands inside a phrase, and a noun phrase may hold a name or a pronoun.
import type { Mention } from './mention.ts'
import { LEGAL_FORMS } from './words/index.ts'

/** Rules for names and literals: 1. gazetteer, 2. pattern, 3. the longer, 4. literal before name (May), 5. the earlier. */
const RANK: Readonly<Record<string, number>> = { gazetteer: 2, pattern: 1 }

/** Keeps the best of each overlap and sorts by start, the longer first. `persons`: types whose things may be people. */
export function resolveOverlaps(mentions: readonly Mention[], persons: readonly string[]): readonly Mention[] {
  const flat = mentions.filter(mention => (mention.kind === 'name' || mention.kind === 'literal') && !isHolding(mention) && !isInside(mention))
  const kept = pick(widen(flat, new Set(persons)))
  const holding = pick(mentions.filter(isHolding)).filter(mention => neighboursOf(mention, kept).every(({ start, end }) => mention.start <= start && end <= mention.end && end - start < mention.end - mention.start))
  const inside = nest(mentions.filter(isInside)).filter(mention => !neighboursOf(mention, kept).some(({ start, end }) => (start === mention.start && end === mention.end) || start > mention.start || end < mention.end))
  const nominals = pick(mentions.filter(mention => mention.kind === 'nominal')).filter(nominal => !clashes(nominal, kept))
  const pronouns = mentions.filter(mention => mention.kind === 'pronoun').filter(pronoun => neighboursOf(pronoun, kept).length === 0)
  return [...kept, ...holding, ...inside, ...nominals, ...pronouns].sort((a, b) => a.start - b.start || b.end - a.end)
}

/** A gazetteer name and what a longer name says around it: legal forms join it (`Acme` in `Acme Corp`); a one-word entry inside another's longer name is no match (`York` in `New York`), but for a person's in a person's. */
function widen(mentions: readonly Mention[], persons: ReadonlySet<string>): Mention[] {
  const found = mentions.filter(mention => mention.finder === 'gazetteer')
  if (found.length === 0) return [...mentions]
  const names = mentions.filter(mention => mention.kind === 'name' && RANK[mention.finder] === undefined).sort((a, b) => a.start - b.start)
  return mentions.flatMap(mention => {
    if (mention.finder !== 'gazetteer') return [mention]
    const longer = neighboursOf(mention, names).find(name => name.start <= mention.start && mention.end <= name.end && name.end - name.start > mention.end - mention.start)
    if (longer === undefined) return [mention]
    const rest = longer.text.slice(mention.end - longer.start).replaceAll(/[,.]/gu, '').trim().toLowerCase()
    if (longer.start === mention.start && LEGAL_FORMS.has(rest)) return [{ ...mention, end: longer.end, text: longer.text }]
    const person = longer.coarse === 'PER' && mention.types.some(type => persons.has(type))
    return /\s/u.test(mention.text) || person || longer.start === mention.start ? [mention] : []
  })
}

/** A phrase that a name stands in: `President of Lebanon`. */
function isHolding({ finder }: Mention): boolean {
  return finder === 'holding'
}

/** A phrase in a longer one that stands for something else: `comedy`, of `a comedy film`. */
function isInside({ finder }: Mention): boolean {
  return finder === 'inside'
}

/** Of those that overlap the best alone. */
function pick(mentions: readonly Mention[]): Mention[] {
  return settled(mentions, (mention, other) => other.start < mention.end && mention.start < other.end)
}

/** Of those of one type that overlap the best alone, and with it what stands in it for a thing of another type: `tennis`, of `tennis player`. */
function nest(mentions: readonly Mention[]): Mention[] {
  return settled(mentions, (mention, other) => other.start < mention.end && mention.start < other.end
    && (other.types[0] === mention.types[0] || mention.start < other.start || other.end < mention.end || mention.end - mention.start === other.end - other.start))
}

/** Takes the best first, and none that clashes with one that was taken. */
function settled(mentions: readonly Mention[], clashes: (mention: Mention, other: Mention) => boolean): Mention[] {
  // Mentions stay inside their sentence, so each sentence is settled alone.
  const sentences = new Map<number, Mention[]>()
  for (const mention of mentions) {
    const row = sentences.get(mention.sentence)
    if (row === undefined) sentences.set(mention.sentence, [mention])
    else row.push(mention)
  }
  const kept: Mention[] = []
  for (const row of sentences.values()) {
    const taken: Mention[] = []
    for (const mention of row.sort(better)) if (!taken.some(other => clashes(mention, other))) taken.push(mention)
    for (const mention of taken) kept.push(mention)
  }
  return kept.sort((a, b) => a.start - b.start)
}

function better(a: Mention, b: Mention): number {
  return rank(b) - rank(a) || (b.end - b.start) - (a.end - a.start) || Number(b.kind === 'literal') - Number(a.kind === 'literal') || a.start - b.start
}

function rank(mention: Mention): number {
  return RANK[mention.finder] ?? 0
}

/** Kept mentions (sorted, flat) that overlap a span. */
function neighboursOf(mention: Mention, kept: readonly Mention[]): Mention[] {
  let low = 0
  let high = kept.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (kept[middle]!.end <= mention.start) low = middle + 1
    else high = middle
  }
  const found: Mention[] = []
  for (let at = low; at < kept.length && kept[at]!.start < mention.end; at++) found.push(kept[at]!)
  return found
}

/** A noun phrase may hold a name before its head; one that crosses a name, lies in it or ends with it is dropped. */
function clashes(nominal: Mention, kept: readonly Mention[]): boolean {
  return neighboursOf(nominal, kept).some(mention => !(nominal.start <= mention.start && mention.end < nominal.end))
}
