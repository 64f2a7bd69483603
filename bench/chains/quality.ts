// Chains against annotated chains: pronoun-name F1 where a file is partial (GAP), else the CoNLL score and how often links of each reason are right. Usage: tsx bench/chains/quality.ts FILE... [--wrong N]
import { parseArgs } from 'node:util'
import { coarseOntology, readAnnotated, type Annotated } from '../mentions/annotated.ts'
import { openReading } from '../mentions/reading.ts'
import { conllScore, countChains } from './conll.ts'
import { chainsAsMarked, keysOf } from './scheme.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { wrong: { type: 'string' } } })
const ontology = coarseOntology()
const { read, close } = await openReading(ontology)

interface Pairwise { right: number, claimed: number, gold: number }

for (const file of positionals) {
  const gap: Pairwise = { right: 0, claimed: 0, gold: 0 }
  const counts: ReturnType<typeof countChains>[] = []
  const reasons = new Map<string, { right: number, wrong: number }>()
  const wrong: string[] = []
  let milliseconds = 0
  let characters = 0
  for (const item of readAnnotated(file)) {
    const { document, chains: gold } = item
    const before = performance.now()
    const { chains } = await read(document)
    milliseconds += performance.now() - before
    characters += document.text.length
    if (file.includes('gap')) { await partial(item); continue }
    const goldOf = new Map<string, number>(gold.flatMap((chain, index) => chain.mentions.map(([start, end]) => [`${start}-${end}`, index] as const)))
    counts.push(countChains(gold.map(({ mentions }) => keysOf(mentions.map(([start, end]) => ({ start, end })), document.text)), chainsAsMarked(chains, document.text)))
    for (const chain of chains) for (const link of chain.links) {
      const [a, b] = [chain.mentions[link.from]!, chain.mentions[link.to]!]
      const [x, y] = [goldOf.get(`${a.start}-${a.end}`), goldOf.get(`${b.start}-${b.end}`)]
      if (x === undefined || y === undefined) continue
      const row = reasons.get(link.reason) ?? reasons.set(link.reason, { right: 0, wrong: 0 }).get(link.reason)!
      if (x === y) row.right++
      else { row.wrong++; wrong.push(`${link.reason}: [${a.text}] -> [${b.text}] in ${document.text.slice(Math.max(0, Math.min(a.start, b.start) - 40), Math.max(a.end, b.end) + 40).slice(0, 260)}`) }
    }
  }

  async function partial(item: Annotated): Promise<void> {
    const { document, chains: gold } = item
    const { chains } = await read(document)
    const pronoun = gold.flatMap((chain, index) => chain.mentions.flatMap((span, at) => (chain.kinds?.[at] === 'pronoun' ? [{ span, index }] : [])))[0]
    if (pronoun === undefined) return
    const mine = chains.find(chain => chain.mentions.some(mention => mention.start === pronoun.span[0] && mention.end === pronoun.span[1]))
    gold.forEach((chain, index) => chain.mentions.forEach(([start, end], at) => {
      if (chain.kinds?.[at] !== 'name') return
      const claimed = mine?.mentions.some(mention => mention.kind === 'name' && mention.start < end && start < mention.end) ?? false
      const right = index === pronoun.index
      gap.gold += Number(right)
      gap.claimed += Number(claimed)
      gap.right += Number(right && claimed)
      if (right !== claimed) wrong.push(`${document.id} ${right ? 'missed' : 'wrong'} [${document.text.slice(start, end)}] for [${document.text.slice(...pronoun.span)}] at ${pronoun.span[0]}, have ${mine?.mentions.map(mention => mention.text).join(' | ')} :: ${document.text.slice(Math.max(0, pronoun.span[0] - 300), pronoun.span[1])} <<< ${document.text.slice(pronoun.span[1], pronoun.span[1] + 30)}`)
    }))
  }
  const f = (right: number, claimed: number, gold: number): string => `P ${(100 * right / claimed).toFixed(1)} R ${(100 * right / gold).toFixed(1)} F1 ${(200 * right / (claimed + gold)).toFixed(1)}`
  console.log(file, `${Math.round(characters / milliseconds)} KB/s`)
  if (gap.gold > 0) console.log('  pronoun to name', f(gap.right, gap.claimed, gap.gold))
  if (counts.length > 0) {
    const { mean, measures } = conllScore(counts)
    console.log(`  CoNLL F1 ${(100 * mean).toFixed(1)}: all system mentions that the scheme marks counted, articles left out, chains of two or more`)
    measures.forEach(({ precision, recall, f1 }, at) => console.log(`    ${['MUC', 'B-cubed', 'CEAF phi4'][at]} P ${(100 * precision).toFixed(1)} R ${(100 * recall).toFixed(1)} F1 ${(100 * f1).toFixed(1)}`))
  }
  for (const [reason, row] of [...reasons].sort()) console.log(`    ${reason}: ${row.right} right, ${row.wrong} wrong`)
  if (values.wrong !== undefined) for (const line of wrong.filter((_, index) => index % Math.max(1, Math.floor(wrong.length / Number(values.wrong))) === 0)) console.log(line.replaceAll('\n', ' '))
}
await close()
