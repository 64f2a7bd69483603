// Small dialogs of the review queue.
import { Choice, Dialog } from '../controls/index.ts'
import { type EntityEnd, type Fact, isLiteral } from '../server/index.ts'
import { KEYS } from './keys.ts'

export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="keys">{KEYS.map(({ key, words }) => <div key={key}><dt><kbd>{key.toUpperCase()}</kbd></dt><dd>{words}</dd></div>)}</dl>
    </Dialog>
  )
}

interface ChooseEndProps {
  readonly kind: 'merge' | 'split'
  readonly fact: Fact
  readonly onClose: () => void
  readonly onChoose: (end: EntityEnd) => void
}

/** Asks which end of a fact a decision is about. */
export function ChooseEnd({ kind, fact: { head, tail }, onClose, onChoose }: ChooseEndProps) {
  const ends = [head, ...(isLiteral(tail) ? [] : [tail])].map((end) => ({ key: end.id, text: end.name, detail: end.type, end }))
  return (
    <Dialog title={kind === 'merge' ? 'Merge which entity?' : 'Split which entity?'} onClose={onClose}>
      <Choice label="Entity" options={ends} onChoose={({ end }) => onChoose(end)} empty="No such end." />
    </Dialog>
  )
}
