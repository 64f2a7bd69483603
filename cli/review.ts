// graphloom review: facts in review, one after the other, each decided by one key.
import { styleText } from 'node:util'
import { type Decision, describeDecision, exportFacts, type Fact, type GraphStore } from '../graph/index.ts'
import type { CompiledOntology, LiteralKind } from '../ontology/index.ts'
import { atDesk, type DecideOptions, type Desk } from './decide.ts'

export interface ReviewOptions extends DecideOptions {
  readonly relation?: string
  readonly limit: number
}

/** A relation that the fact may be corrected to. */
interface Choice {
  readonly relation: string
  readonly turned: boolean
}

const KEYS = '[a]ccept  [r]eject  [c]orrect relation  [n]ext  [u]ndo last  [q]uit'
const CHOICE_KEYS = '123456789abcdefghijklmnopqrstuvwxyz'

export async function review(options: ReviewOptions): Promise<void> {
  await atDesk(options, async (desk) => {
    const facts = await waiting(desk.store, options)
    if (options.json) {
      for (const fact of facts) process.stdout.write(`${JSON.stringify(fact)}\n`)
      return
    }
    const keys = keysOf(process.stdin)
    try {
      await decideEach(facts, keys, desk, options)
    } finally {
      await keys.return(undefined)
    }
  })
}

/** The facts most likely to be right come first; no more than `limit` are held. */
async function waiting(store: GraphStore, { collection, relation, limit }: ReviewOptions): Promise<readonly Fact[]> {
  let best: Fact[] = []
  for await (const fact of exportFacts(store, { collection, statuses: ['review'] })) {
    if (relation !== undefined && fact.relation !== relation) continue
    best.push(fact)
    if (best.length > 2 * limit) best = best.sort(byScore).slice(0, limit)
  }
  return best.sort(byScore).slice(0, limit)
}

const byScore = (a: Fact, b: Fact): number => b.score - a.score || (a.id < b.id ? -1 : 1)

async function decideEach(facts: readonly Fact[], keys: AsyncIterator<string>, { decisions, ontology, who }: Desk, { collection }: ReviewOptions): Promise<void> {
  const done: Decision[] = []
  let at = 0
  const answer = (words: string): unknown => process.stdout.write(`${words}\n`)
  while (at < facts.length) {
    const fact = facts[at] as Fact
    process.stdout.write(`\n${at + 1} of ${facts.length}\n${describe(fact)}${KEYS}: `)
    const { value: key, done: ended } = await keys.next()
    if (ended || key === 'q' || key === '\u0003') break
    if (key === 'n' || key === ' ') at++
    else if (key === 'a' || key === 'r') {
      done.push(await decisions.decide(collection, { kind: key === 'a' ? 'accept' : 'reject', fact: fact.id }, who()))
      at++
    } else if (key === 'c') {
      const choice = await choose(choicesFor(fact, ontology), keys)
      if (choice === undefined) continue
      done.push(await decisions.decide(collection, { kind: 'correct', fact: fact.id, ...choice }, who()))
      at++
    } else if (key === 'u') {
      const last = done.pop()
      if (last === undefined) answer('nothing to undo')
      else {
        answer(`undone: ${describeDecision(await decisions.undo(collection, last.id, who()))}`)
        at = Math.max(0, at - 1)
      }
      continue
    } else continue
    const latest = key === 'n' || key === ' ' ? undefined : done.at(-1)
    answer(latest === undefined ? 'left in review' : describeDecision(latest))
  }
  answer(`\n${done.length} decided, ${Math.max(0, facts.length - done.length)} left of these ${facts.length} facts`)
}

/** Other relations that the ontology allows between the ends, either way round. */
function choicesFor({ head, relation, tail }: Fact, ontology: CompiledOntology): readonly Choice[] {
  if ('literal' in tail) return ontology.literalRelations(head.type, tail.literal as LiteralKind).filter(({ name }) => name !== relation).map(({ name }) => ({ relation: name, turned: false }))
  const straight = ontology.relationsBetween(head.type, tail.type).filter(({ name }) => name !== relation)
  const turned = ontology.relationsBetween(tail.type, head.type).filter(({ symmetric }) => !symmetric)
  return [...straight.map(({ name }) => ({ relation: name, turned: false })), ...turned.map(({ name }) => ({ relation: name, turned: true }))]
}

async function choose(choices: readonly Choice[], keys: AsyncIterator<string>): Promise<Choice | undefined> {
  const shown = choices.slice(0, CHOICE_KEYS.length)
  process.stdout.write(`\n${shown.map(({ relation, turned }, index) => `  [${CHOICE_KEYS[index]}] ${relation}${turned ? ' (turned round)' : ''}\n`).join('')}  any other key: back${choices.length > shown.length ? '; for other relations: graphloom review correct FACT RELATION' : ''}: `)
  const { value, done } = await keys.next()
  return done ? undefined : shown[CHOICE_KEYS.indexOf(value)]
}

/** Key by key: at once on a terminal, in order from a pipe. */
async function* keysOf(input: NodeJS.ReadStream): AsyncGenerator<string, undefined> {
  if (input.isTTY) input.setRawMode(true)
  input.setEncoding('utf8')
  try {
    for await (const chunk of input) for (const key of String(chunk)) if (key === ' ' || key === '\u0003' || key.trim() !== '') yield key
  } finally {
    if (input.isTTY) input.setRawMode(false)
  }
  return undefined
}

function describe({ head, relation, tail, score, support, evidence }: Fact): string {
  const places = evidence.slice(0, 3).map((place) => {
    const page = place.page === undefined ? '' : `, page ${place.page}`
    const record = place.record === undefined ? '' : `#${place.record}`
    return `    “${highlight(place)}”\n    ${place.uri}${record}${page}\n`
  })
  const end = 'literal' in tail ? tail.value : `${tail.name} (${tail.type})`
  const more = evidence.length > places.length ? `    … and ${evidence.length - places.length} more places\n` : ''
  return `  ${head.name} (${head.type})  ${relation}  ${end}\n  score ${score.toFixed(2)}, ${support} document${support === 1 ? '' : 's'}\n${places.join('')}${more}`
}

/** The quote with both ends in bold, where there is a terminal to show it. */
function highlight({ quote, start, head, tail }: Fact['evidence'][number]): string {
  if (!process.stdout.isTTY) return quote.replace(/\s+/gu, ' ')
  let shown = ''
  let at = 0
  for (const span of [head, tail].sort((a, b) => a.start - b.start)) {
    const [from, to] = [span.start - start, span.end - start]
    if (from < at || to > quote.length) continue
    shown += quote.slice(at, from) + styleText('bold', quote.slice(from, to))
    at = to
  }
  return (shown + quote.slice(at)).replace(/\s+/gu, ' ')
}
