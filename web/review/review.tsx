// The review queue: facts too doubtful to accept and too likely to drop, worked through by keyboard or by hand.
import { useState } from 'preact/hooks'
import { Heading, Nothing, Problem, Waiting, counted, endName, factWords, percent } from '../controls/index.ts'
import type { EntityEnd, Fact } from '../server/index.ts'
import { keepShortcuts, readShortcuts, useSession } from '../session/index.ts'
import { Actions } from './actions.tsx'
import { Candidate } from './candidate.tsx'
import { Correct } from './correct.tsx'
import { ChooseEnd, KeyHelp } from './dialogs.tsx'
import { EntityDecision } from './entity-decision.tsx'
import { type Action, useKeys } from './keys.ts'
import { type ReviewWork, useReview } from './work.ts'

type Open = { readonly what: 'correct' } | { readonly what: 'help' } | { readonly what: 'end' | 'entity'; readonly kind: 'merge' | 'split'; readonly end: EntityEnd }

export function Review() {
  const work = useReview()
  const { vocabulary, href } = useSession()
  const [open, setOpen] = useState<Open>()
  const [passages, setPassages] = useState(false)
  const [shortcuts, setShortcuts] = useState(readShortcuts)
  const { queue, fact } = work
  const act = (action: Action) => {
    if (action === 'next') work.step(1)
    else if (action === 'previous') work.step(-1)
    else if (action === 'undo') work.undo()
    else if (action === 'help') setOpen({ what: 'help' })
    else if (!fact) return
    else if (action === 'accept' || action === 'reject') work.decide(fact, { kind: action, fact: fact.id }, `${action === 'accept' ? 'Accepted' : 'Rejected'}: ${factWords(fact, vocabulary.label)}`)
    else if (action === 'correct') setOpen({ what: 'correct' })
    else if (action === 'passage') setPassages(!passages)
    else setOpen({ what: 'literal' in fact.tail ? 'entity' : 'end', kind: action, end: fact.head })
  }
  useKeys(shortcuts && open === undefined, act)
  return (
    <div class="stack">
      <header class="row spread">
        <Heading>Review</Heading>
        <p class="muted" role="status">{status(work)}</p>
        <a href={href('decisions')}>Every decision</a>
        <label class="check"><input type="checkbox" checked={shortcuts} onChange={(event) => { setShortcuts(event.currentTarget.checked); keepShortcuts(event.currentTarget.checked) }} /> <span>Keyboard shortcuts</span></label>
      </header>
      {work.problem !== undefined && <Problem text={work.problem} onRetry={work.restart} />}
      <div class="workbench">
        <Waitlist facts={queue.facts} at={queue.at} onChoose={work.goTo} />
        <div class="stack">
          {fact ? <Candidate key={fact.id} fact={fact} passages={passages} /> : work.loading ? <Waiting /> : <Nothing><p>Nothing waits for review.</p></Nothing>}
          <Actions fact={fact !== undefined} undoable={queue.decided.length > 0} keys={shortcuts} onAct={act} />
          <Decisions work={work} />
        </div>
      </div>
      {open && <OpenDialog open={open} fact={fact} work={work} onOpen={setOpen} />}
    </div>
  )
}

const status = ({ queue: { facts, decided }, more, loading }: ReviewWork): string =>
  [loading && facts.length === 0 ? 'Fetching the queue …' : `${counted(facts.length, 'fact')}${more ? ' and more' : ''} to review`, ...(decided.length > 0 ? [`${decided.length} decided`] : [])].join(', ')

function Waitlist({ facts, at, onChoose }: { readonly facts: readonly Fact[]; readonly at: number; readonly onChoose: (fact: string) => void }) {
  const { vocabulary } = useSession()
  return (
    <nav class="waitlist" aria-label="Facts to review">
      <ol>
        {facts.map(({ id, head, relation, tail, score }, index) => (
          <li key={id}>
            <button type="button" class="waiting-fact" aria-current={index === at ? 'true' : undefined} onClick={() => onChoose(id)}>
              <span>{head.name} <em>{vocabulary.label(relation)}</em> {endName(tail)}</span>
              <span class="muted">{percent(score)}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Decisions({ work: { queue, undo } }: { readonly work: ReviewWork }) {
  if (queue.decided.length === 0) return null
  return (
    <section class="panel" aria-labelledby="decided">
      <h2 id="decided">Decided just now</h2>
      <ol class="decided" reversed>
        {queue.decided.toReversed().map(({ key, id, words }) => <li key={key}><span>{words}</span> <button type="button" class="link" disabled={id === undefined} aria-label={`Undo: ${words}`} onClick={() => undo(key)}>Undo</button></li>)}
      </ol>
    </section>
  )
}

interface OpenDialogProps {
  readonly open: Open
  readonly fact: Fact | undefined
  readonly work: ReviewWork
  readonly onOpen: (open: Open | undefined) => void
}

function OpenDialog({ open, fact, work, onOpen }: OpenDialogProps) {
  const { vocabulary } = useSession()
  const close = () => onOpen(undefined)
  if (open.what === 'help') return <KeyHelp onClose={close} />
  if (!fact) return null
  if (open.what === 'correct') {
    return (
      <Correct fact={fact} onClose={close} onChoose={({ relation, turned }) => {
        close()
        work.decide(fact, { kind: 'correct', fact: fact.id, relation, turned }, `Corrected to “${vocabulary.label(relation)}”${turned ? ', the other way round' : ''}: ${factWords(fact, vocabulary.label)}`)
      }} />
    )
  }
  if (open.what === 'end') return <ChooseEnd kind={open.kind} fact={fact} onClose={close} onChoose={(end) => onOpen({ ...open, what: 'entity', end })} />
  return <EntityDecision kind={open.kind} entity={open.end} onClose={close} onDone={({ id }, words) => { close(); work.entityDecided(id, words) }} />
}
