// Finds an entity by typing its name.
import { useState } from 'preact/hooks'
import type { Entity } from '../server/index.ts'
import { useSession } from '../session/index.ts'
import { Choice } from './choice.tsx'
import { useLoad } from './load.ts'
import { Problem } from './states.tsx'

interface EntityChoiceProps {
  readonly label: string
  /** Looked up before anything is typed. */
  readonly hint?: string
  readonly without?: readonly string[]
  readonly onChoose: (entity: Entity) => void
}

export function EntityChoice({ label, hint = '', without = [], onChoose }: EntityChoiceProps) {
  const { server } = useSession()
  const [typed, setTyped] = useState('')
  const text = typed.trim() === '' ? hint : typed.trim()
  const { value, problem, loading } = useLoad(text, (signal) => server.entities({ q: text, limit: 20 }, signal))
  const options = (value?.items ?? []).filter(({ id }) => !without.includes(id)).map((entity) => ({ key: entity.id, text: entity.name, detail: detailOf(entity), entity }))
  return (
    <>
      {problem !== undefined && <Problem text={problem} />}
      <Choice label={label} options={options} onType={setTyped} onChoose={(option) => onChoose(option.entity)} busy={loading} empty={loading ? 'Searching …' : 'No entity has such a name.'} />
    </>
  )
}

const detailOf = ({ type, aliases }: Entity): string => [type, ...(aliases.length > 0 ? [`also ${aliases.slice(0, 3).join(', ')}`] : [])].join(' · ')
