// The network as a picture (sigma): a click opens an entity, dragging and the wheel move the view.
import Graph from 'graphology'
import { useEffect, useRef } from 'preact/hooks'
import Sigma from 'sigma'
import { useSession } from '../session/index.ts'
import { type Colours, readColours } from './colours.ts'
import type { Network } from './network.ts'
import { type Place, placeNetwork } from './place.ts'

interface PictureProps {
  readonly network: Network
  readonly chosen: string | undefined
  readonly onChoose: (entity: string) => void
  /** The browser draws no WebGL: the list must do. */
  readonly onFail: () => void
}

export function Picture({ network, chosen, onChoose, onFail }: PictureProps) {
  const { vocabulary } = useSession()
  const box = useRef<HTMLDivElement>(null)
  const drawn = useRef<{ sigma: Sigma; graph: Graph; colours: Colours; places: ReadonlyMap<string, Place> } | undefined>(undefined)
  const choose = useRef(onChoose)
  choose.current = onChoose

  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const graph = new Graph({ type: 'directed' })
    try {
      const sigma = new Sigma(graph, element, { renderEdgeLabels: true, defaultEdgeType: 'arrow', labelFont: 'system-ui, sans-serif', edgeLabelFont: 'system-ui, sans-serif', labelRenderedSizeThreshold: 5, zIndex: true, stagePadding: 48, allowInvalidContainer: true })
      sigma.on('clickNode', ({ node }) => choose.current(node))
      drawn.current = { sigma, graph, colours: readColours(element), places: new Map() }
    } catch {
      onFail()
      return undefined
    }
    const repaint = () => {
      if (!drawn.current) return
      drawn.current.colours = readColours(element)
      paint(drawn.current.sigma, drawn.current.graph, drawn.current.colours)
    }
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const theme = new MutationObserver(repaint)
    dark.addEventListener('change', repaint)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    repaint()
    return () => {
      dark.removeEventListener('change', repaint)
      theme.disconnect()
      drawn.current?.sigma.kill()
      drawn.current = undefined
    }
  }, [])

  useEffect(() => {
    if (!drawn.current) return
    const { sigma, graph, colours } = drawn.current
    const places = placeNetwork(network, drawn.current.places)
    drawn.current.places = places
    fill(graph, network, places, chosen, vocabulary)
    sigma.refresh() // it must know the new nodes before they are painted
    paint(sigma, graph, colours)
  }, [network, chosen, vocabulary])

  return <div ref={box} class="picture" role="img" aria-label={`Picture of ${network.entities.size} entities and ${network.links.size} links; the list says the same in words.`} />
}

type Words = Pick<ReturnType<typeof useSession>['vocabulary'], 'label' | 'colour'>

function fill(graph: Graph, { entities, links, grown }: Network, places: ReadonlyMap<string, Place>, chosen: string | undefined, vocabulary: Words): void {
  graph.clear()
  const degree = new Map<string, number>()
  for (const { head, tail } of links.values()) for (const id of [head, tail]) degree.set(id, (degree.get(id) ?? 0) + 1)
  for (const { id, name, type } of entities.values()) {
    graph.addNode(id, { label: name, hue: vocabulary.colour(type), size: 7 + Math.min(9, 2 * Math.sqrt(degree.get(id) ?? 0)), highlighted: id === chosen, opened: grown.includes(id), ...places.get(id) })
  }
  for (const { key, head, tail, relations } of links.values()) {
    // Two that lead to each other lie on one line: the first carries the words of both.
    const back = head === tail ? undefined : links.get(`${tail} ${head}`)
    const named = (some: readonly string[]) => some.map(vocabulary.label).join(', ')
    const label = back === undefined ? named(relations) : key < back.key ? `${named(relations)} · back: ${named(back.relations)}` : ''
    graph.addDirectedEdgeWithKey(key, head, tail, { label, size: 2.5, type: head === tail ? 'line' : 'arrow' })
  }
}

/** Colours everything anew; the box behind a highlighted label has to follow the theme, too. */
function paint(sigma: Sigma, graph: Graph, { text, muted, line, surface, types }: Colours): void {
  graph.updateEachNodeAttributes((_, attributes) => ({ ...attributes, color: types[attributes['hue'] as number] ?? muted }), { attributes: ['color'] })
  graph.updateEachEdgeAttributes((_, attributes) => ({ ...attributes, color: line }), { attributes: ['color'] })
  sigma.setSetting('labelColor', { color: text })
  sigma.setSetting('edgeLabelColor', { color: muted })
  sigma.setSetting('defaultDrawNodeHover', (context, { x, y, size, label, color }, { labelSize, labelFont }) => {
    context.font = `600 ${labelSize}px ${labelFont}`
    const width = label ? context.measureText(label).width + 10 : 0
    context.beginPath()
    context.arc(x, y, size + 4, 0, 2 * Math.PI)
    context.fillStyle = color
    context.fill()
    if (!label) return
    context.fillStyle = surface
    context.fillRect(x + size + 5, y - labelSize / 2 - 4, width, labelSize + 8)
    context.fillStyle = text
    context.fillText(label, x + size + 10, y + labelSize / 3)
  })
  sigma.refresh()
}
