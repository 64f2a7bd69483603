// The style sheet's colours as numbers that a canvas understands.
import { COLOURS } from '../ontology/index.ts'

export interface Colours {
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly surface: string
  readonly accent: string
  /** By the index that the vocabulary gives a type. */
  readonly types: readonly string[]
}

/** Colours as the element would show them now, in light or dark. */
export function readColours(element: HTMLElement): Colours {
  const probe = document.createElement('span')
  element.append(probe)
  const read = (name: string) => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const colours = { text: read('text'), muted: read('muted'), line: read('edge'), surface: read('surface'), accent: read('accent'), types: Array.from({ length: COLOURS }, (_, index) => read(`hue-${index}`)) }
  probe.remove()
  return colours
}
