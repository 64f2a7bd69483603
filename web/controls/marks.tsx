// Small signs of the graph: a type, a status, a score, an end of a fact.
import { type EntityEnd, type Fact, type FactStatus, isLiteral, type LiteralEnd } from '../server/index.ts'
import { useSession } from '../session/index.ts'

export function TypeBadge({ type }: { readonly type: string }) {
  const { vocabulary } = useSession()
  return <span class={`badge type hue-${vocabulary.colour(type)}`}>{type}</span>
}

const STATUS: Readonly<Record<FactStatus, string>> = { accepted: 'accepted', review: 'in review', rejected: 'rejected' }

export const StatusBadge = ({ status }: { readonly status: FactStatus }) => <span class={`badge status ${status}`}>{STATUS[status]}</span>

export const percent = (score: number): string => `${Math.round(score * 100)}\u00a0%`

export function Score({ score }: { readonly score: number }) {
  return (
    <span class="score">
      <meter min={0} max={1} value={score} aria-label="Score" />
      <span>{percent(score)}</span>
    </span>
  )
}

/** An entity as a link to its page; a literal as its value, with the words of the text where they differ. */
export function End({ end }: { readonly end: EntityEnd | LiteralEnd }) {
  const { href } = useSession()
  if (isLiteral(end)) return <span class="literal">{end.value}{end.text !== end.value && <span class="muted"> (“{end.text}”)</span>}</span>
  return <a href={href('entity', end.id)}>{end.name}</a>
}

export const endName = (end: EntityEnd | LiteralEnd): string => (isLiteral(end) ? end.value : end.name)

/** Why a fact has its status, in words. */
export const reasonWords = (reason: string): string => (reason === 'decision' ? 'someone decided so' : reason.replaceAll('-', ' '))

/** The fact as a short sentence, for announcements and labels. */
export const factWords = ({ head, relation, tail }: Pick<Fact, 'head' | 'relation' | 'tail'>, label: (relation: string) => string): string => `${head.name} ${label(relation)} ${endName(tail)}`

/** English for a count. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`
