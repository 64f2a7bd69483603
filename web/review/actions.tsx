// The buttons of the review queue; each shows its key.
import { type Action, KEYS } from './keys.ts'

interface ActionsProps {
  /** A fact is before the reviewer. */
  readonly fact: boolean
  readonly undoable: boolean
  readonly keys: boolean
  readonly onAct: (action: Action) => void
}

const BUTTONS: readonly { readonly action: Action; readonly text: string; readonly kind?: string }[] = [
  { action: 'accept', text: 'Accept', kind: 'primary' },
  { action: 'reject', text: 'Reject', kind: 'danger' },
  { action: 'correct', text: 'Correct' },
  { action: 'merge', text: 'Merge' },
  { action: 'split', text: 'Split' },
  { action: 'passage', text: 'Passage', kind: 'desk' },
  { action: 'previous', text: 'Previous', kind: 'desk' },
  { action: 'next', text: 'Next', kind: 'desk' },
  { action: 'undo', text: 'Undo' },
]

export function Actions({ fact, undoable, keys, onAct }: ActionsProps) {
  const keyOf = (action: Action) => KEYS.find((known) => known.action === action)?.key.toUpperCase()
  return (
    <div class="actions" role="toolbar" aria-label="Decide">
      {BUTTONS.map(({ action, text, kind }) => (
        <button
          key={action} type="button" class={kind} aria-keyshortcuts={keys ? keyOf(action) : undefined} onClick={() => onAct(action)}
          disabled={action === 'undo' ? !undoable : !fact}
        >
          {text}{keys && <span class="key" aria-hidden="true">{keyOf(action)}</span>}
        </button>
      ))}
      {keys && <button type="button" class="quiet desk" onClick={() => onAct('help')}>All keys<span class="key" aria-hidden="true">?</span></button>}
    </div>
  )
}
