// Text with blocks -> sections and sentences. `free` blocks are laid out first; every other block is split as its kind asks.
import type { Section, Sentence } from './document.ts'
import type { Block } from './reader.ts'
import { layout, splitSentences, trim } from './sentences/index.ts'

export interface Segmented {
  readonly sections: readonly Section[]
  readonly sentences: readonly Sentence[]
}

/** Sections and sentences of a text; without blocks, its layout is found from its lines. */
export function segment(text: string, blocks: readonly Block[] = [{ kind: 'free', start: 0, end: text.length }]): Segmented {
  const laid = blocks.flatMap(block => (block.kind === 'free' ? layout(text, block) : [{ ...block, ...trim(text, block.start, block.end) }]))
  const filled = laid.filter(block => block.end > block.start)
  return { sections: sectionsOf(text, filled), sentences: sentencesOf(text, filled) }
}

function sentencesOf(text: string, blocks: readonly Block[]): Sentence[] {
  const sentences: Sentence[] = []
  blocks.forEach((block, paragraph) => {
    const { start, end } = block
    const kind = block.kind === 'free' ? 'prose' : block.kind
    if (kind === 'row') {
      sentences.push({ start, end, index: sentences.length, kind, paragraph, cells: block.cells ?? [] })
      return
    }
    const spans = kind === 'heading' ? [{ start, end }] : splitSentences(text, block)
    for (const span of spans) sentences.push({ ...span, index: sentences.length, kind, paragraph })
  })
  return sentences
}

/** A section reaches from its heading to the next heading of its level or a higher one. */
function sectionsOf(text: string, blocks: readonly Block[]): Section[] {
  const headings = blocks.filter(block => block.kind === 'heading')
  const open: { title: string; level: number }[] = []
  return headings.map((block, at) => {
    const level = block.level ?? 1
    const title = titleOf(text.slice(block.start, block.end))
    while (open.length > 0 && open.at(-1)!.level >= level) open.pop()
    open.push({ title, level })
    const next = headings.slice(at + 1).find(other => (other.level ?? 1) <= level)
    return { start: block.start, end: next?.start ?? text.trimEnd().length, title, level, path: open.map(section => section.title) }
  })
}

function titleOf(heading: string): string {
  return heading.split('\n')[0]!.replace(/^#+\s+|\s+#+$/g, '').replace(/\s+/g, ' ').trim()
}
