// Names the relation that the words really state, among those that the ontology allows between the two ends.
import { Choice, Dialog, endName } from '../controls/index.ts'
import type { Fact } from '../server/index.ts'
import { useSession } from '../session/index.ts'

export interface Correction {
  readonly relation: string
  readonly turned: boolean
}

export function Correct({ fact, onClose, onChoose }: { readonly fact: Fact; readonly onClose: () => void; readonly onChoose: (correction: Correction) => void }) {
  const { vocabulary } = useSession()
  const options = vocabulary.allowed(fact.head, fact.tail)
    .filter(({ relation, turned }) => turned || relation.name !== fact.relation)
    .map(({ relation, turned }) => {
      const [from, to] = turned ? [endName(fact.tail), fact.head.name] : [fact.head.name, endName(fact.tail)]
      return { key: `${relation.name} ${turned}`, text: `${from} ${relation.label} ${to}`, detail: relation.description, relation: relation.name, turned }
    })
  return (
    <Dialog title="Correct the relation" onClose={onClose}>
      <Choice label="What do the words state?" options={options} onChoose={onChoose} empty="The ontology allows no other relation between these two." />
    </Dialog>
  )
}
