// The network in words: every entity with its links, and buttons that grow it as a click on the picture does.
import { counted, TypeBadge } from '../controls/index.ts'
import { useSession } from '../session/index.ts'
import { linksOf, type Network } from './network.ts'

interface NetworkListProps {
  readonly network: Network
  readonly onGrow: (entity: string) => void
}

export function NetworkList({ network, onGrow }: NetworkListProps) {
  const { vocabulary, href } = useSession()
  const opened = network.grown.toReversed().flatMap((id) => network.entities.get(id) ?? [])
  return (
    <div class="stack">
      {opened.map((entity) => (
        <section key={entity.id} class="panel" aria-label={entity.name}>
          <h3><a href={href('entity', entity.id)}>{entity.name}</a> <TypeBadge type={entity.type} /></h3>
          <p class="muted">{counted(linksOf(network, entity.id).length, 'link')}</p>
          <ul class="links">
            {linksOf(network, entity.id).map(({ other, link, out }) => (
              <li key={link.key}>
                <span>{link.relations.map(out ? vocabulary.label : vocabulary.inverseLabel).join(', ')} <a href={href('entity', other.id)}>{other.name}</a></span>
                {!network.grown.includes(other.id) && <button type="button" class="link" aria-label={`Grow from ${other.name}`} onClick={() => onGrow(other.id)}>Grow</button>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
