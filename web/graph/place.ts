// Network -> places on the plane. New entities start around the one they came from; forces then spread them. No chance is involved.
import Graph from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import type { Network } from './network.ts'

export interface Place {
  readonly x: number
  readonly y: number
}

const GOLDEN = Math.PI * (3 - Math.sqrt(5)) // an angle that never repeats: a sunflower's seeds
const STEPS = 120

/** Places for every entity; those that had one move little. */
export function placeNetwork({ entities, links, grown }: Network, before: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  const graph = new Graph({ type: 'directed' })
  const centre = before.get(grown.at(-1) ?? '') ?? { x: 0, y: 0 }
  let fresh = 0
  for (const id of entities.keys()) {
    const turn = ++fresh
    graph.addNode(id, before.get(id) ?? { x: centre.x + Math.cos(turn * GOLDEN) * Math.sqrt(turn), y: centre.y + Math.sin(turn * GOLDEN) * Math.sqrt(turn) })
  }
  for (const { head, tail } of links.values()) if (head !== tail) graph.mergeEdge(head, tail)
  if (graph.order > 1) forceAtlas2.assign(graph, { iterations: STEPS, settings: { ...forceAtlas2.inferSettings(graph), gravity: 0.6, scalingRatio: 12, slowDown: 4, adjustSizes: false } })
  return new Map(graph.mapNodes((id, { x, y }) => [id, { x, y } as Place]))
}
