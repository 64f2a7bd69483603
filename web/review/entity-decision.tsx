// Decisions about an entity: it is the same as another, it is two, it is of another type.
import { useState } from 'preact/hooks'
import { Choice, Dialog, EntityChoice, Problem } from '../controls/index.ts'
import { type Decision, type EntityEnd, explain, type NewDecision } from '../server/index.ts'
import { useSession } from '../session/index.ts'
import { SplitForm } from './split.tsx'

export type EntityDecisionKind = 'merge' | 'split' | 'retype'

interface EntityDecisionProps {
  readonly kind: EntityDecisionKind
  readonly entity: EntityEnd
  readonly onClose: () => void
  readonly onDone: (decision: Decision, words: string) => void
}

const TITLES: Readonly<Record<EntityDecisionKind, string>> = { merge: 'is the same as …', split: 'is more than one', retype: 'is of another type' }

export function EntityDecision({ kind, entity, onClose, onDone }: EntityDecisionProps) {
  const { server, vocabulary, announce } = useSession()
  const [problem, setProblem] = useState<string>()
  const send = async (decision: NewDecision, words: string) => {
    try {
      const made = await server.decide(decision)
      announce(words)
      onDone(made, words)
    } catch (error) {
      setProblem(explain(error))
    }
  }
  return (
    <Dialog title={`${entity.name} ${TITLES[kind]}`} onClose={onClose}>
      {problem !== undefined && <Problem text={problem} />}
      {kind === 'merge' && (
        <EntityChoice label="The other entity" hint={entity.name} without={[entity.id]} onChoose={(other) => void send({ kind, entity: entity.id, other: other.id }, `Merged ${entity.name} with ${other.name}`)} />
      )}
      {kind === 'retype' && (
        <Choice
          label="Its type" empty="The ontology has no such type."
          options={vocabulary.types.filter(({ name }) => name !== entity.type).map(({ name }) => ({ key: name, text: name }))}
          onChoose={({ key }) => void send({ kind, entity: entity.id, type: key }, `${entity.name} is now of type ${key}`)}
        />
      )}
      {kind === 'split' && <SplitForm entity={entity} onSplit={(documents) => void send({ kind, entity: entity.id, documents }, `Split ${entity.name}`)} />}
    </Dialog>
  )
}
