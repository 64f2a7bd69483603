// The graph as a picture that grows by clicking, and the same in words.
import { useEffect, useRef, useState } from 'preact/hooks'
import { EntityChoice, Heading, Problem, TypeBadge, Waiting, counted } from '../controls/index.ts'
import { explain } from '../server/index.ts'
import { useSession } from '../session/index.ts'
import { EMPTY, grow, type Network } from './network.ts'
import { NetworkList } from './network-list.tsx'
import { Picture } from './picture.tsx'

/** Facts fetched around one entity. */
const AROUND = 100

export function GraphPage({ entity }: { readonly entity?: string }) {
  const { server, href, announce } = useSession()
  const [network, setNetwork] = useState<Network>(EMPTY)
  const [chosen, setChosen] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [pictured, setPictured] = useState(true)
  const generation = useRef(0)

  const growFrom = async (id: string, from: Network) => {
    const asked = generation.current
    setChosen(id)
    if (from.grown.includes(id)) return
    try {
      const subgraph = await server.subgraph(id, AROUND)
      if (asked !== generation.current) return
      setNetwork((before) => {
        const after = grow(before, id, subgraph)
        announce(`${after.entities.get(id)?.name ?? 'Entity'}: ${counted(after.entities.size - before.entities.size, 'new entity', 'new entities')}, ${counted(after.entities.size, 'entity', 'entities')} in all`)
        return after
      })
    } catch (error) {
      setProblem(explain(error))
    }
  }
  useEffect(() => {
    generation.current++
    setNetwork(EMPTY)
    setProblem(undefined)
    if (entity !== undefined) void growFrom(entity, EMPTY)
  }, [entity, server])

  return (
    <section class="stack">
      <Heading>Graph</Heading>
      {problem !== undefined && <Problem text={problem} />}
      {entity === undefined
        ? <div class="panel narrow"><EntityChoice label="Start from which entity?" onChoose={({ id }) => { location.hash = href('graph', undefined, { entity: id }) }} /></div>
        : network.entities.size === 0 && problem === undefined ? <Waiting /> : (
          <>
            <div class="row spread">
              <p class="muted" role="status">{counted(network.entities.size, 'entity', 'entities')}, {counted(network.links.size, 'link')}. Choose an entity to see what is around it.</p>
              <p class="row">
                <button type="button" aria-pressed={pictured} onClick={() => setPictured(!pictured)}>Picture</button>
                <a class="button" href={href('graph')}>Start elsewhere</a>
              </p>
            </div>
            <div class={`network ${pictured ? 'pictured' : ''}`}>
              {pictured && (
                <figure>
                  <Picture network={network} chosen={chosen} onChoose={(id) => void growFrom(id, network)} onFail={() => { setPictured(false); announce('This browser draws no WebGL; the list stands alone.') }} />
                  <Legend network={network} />
                </figure>
              )}
              <section aria-labelledby="in-words"><h2 id="in-words">In words</h2><NetworkList network={network} onGrow={(id) => void growFrom(id, network)} /></section>
            </div>
          </>
        )}
    </section>
  )
}

function Legend({ network }: { readonly network: Network }) {
  const types = [...new Set([...network.entities.values()].map(({ type }) => type))].sort()
  return <figcaption class="row">{types.map((type) => <TypeBadge key={type} type={type} />)}</figcaption>
}
