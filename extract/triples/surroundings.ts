// A pair and a relation -> how that claim stands in its document, as far as the writing alone shows it.
import type { Chain } from '../chains/index.ts'
import type { Evidence } from '../encoder.ts'
import type { Pair } from '../pairs/index.ts'

type Surroundings = Pick<Evidence, 'reversed' | 'headMentions' | 'tailMentions' | 'headWords' | 'tailWords' | 'headNameWords' | 'tailNameWords' | 'before' | 'between' | 'tails' | 'heads' | 'headLink'>

/**
 * Of the claims of one document. `reversed`: the tail is named first, 0 or 1. `headMentions`, `tailMentions`: mentions that the ends have in the document. `headWords`, `tailWords`: words of the two
 * mentions; `headNameWords`, `tailNameWords`: of the best names that the ends have there. `before`: words of the window
 * before the first end; `between`: mentions between the ends. `tails`, `heads`: other ends that the same sentence has for that head or tail in that relation, whatever it says of them.
 * `headLink`: how sure it is that the head's mention stands for the head, in [0, 1].
 */
export function surroundingsOf(pairs: readonly Pair[], chains: readonly Chain[]): (pair: Pair, relation: string, text: string) => Surroundings {
  const [tails, heads] = [new Map<string, Set<number>>(), new Map<string, Set<number>>()]
  for (const { head, tail, sentence, relations } of pairs) {
    for (const relation of relations) {
      gather(tails, `${head} ${relation} ${sentence}`, tail)
      gather(heads, `${tail} ${relation} ${sentence}`, head)
    }
  }
  const mentions = chains.flatMap((chain) => chain.mentions).sort((a, b) => a.start - b.start)
  return ({ head, tail, headMention, tailMention, window, sentence }, relation, text) => {
    const [from, to] = [chains[head]!.mentions[headMention]!, chains[tail]!.mentions[tailMention]!]
    const [low, high] = [Math.min(from.end, to.end), Math.max(from.start, to.start)]
    let between = 0
    for (let at = firstFrom(mentions, low); at < mentions.length && mentions[at]!.start < high; at += 1) between += Number(mentions[at]!.end <= high)
    return {
      reversed: Number(to.start < from.start),
      headMentions: chains[head]!.mentions.length, tailMentions: chains[tail]!.mentions.length,
      headWords: words(from.text), tailWords: words(to.text), headNameWords: words(chains[head]!.name), tailNameWords: words(chains[tail]!.name),
      before: words(text.slice(window.start, Math.max(window.start, Math.min(from.start, to.start)))), between,
      tails: tails.get(`${head} ${relation} ${sentence}`)!.size - 1, heads: heads.get(`${tail} ${relation} ${sentence}`)!.size - 1,
      headLink: Math.min(1, ...chains[head]!.links.flatMap((link) => (Math.max(link.from, link.to) === headMention ? [link.score] : []))),
    }
  }
}

function gather(groups: Map<string, Set<number>>, key: string, end: number): void {
  const group = groups.get(key)
  if (group) group.add(end)
  else groups.set(key, new Set([end]))
}

/** Index of the first mention that starts at or behind a place. */
function firstFrom(mentions: readonly { readonly start: number }[], place: number): number {
  let [low, high] = [0, mentions.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (mentions[middle]!.start < place) low = middle + 1
    else high = middle
  }
  return low
}

function words(text: string): number {
  return text.match(/\S+/gu)?.length ?? 0
}
