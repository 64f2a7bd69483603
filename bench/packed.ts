// npx tsx bench/packed.ts: all pairs of a sentence in one pass against one pass for each pair, in one run on one worker.
import { resolve } from 'node:path'
import { openEncoders } from '../extract/encoders/index.ts'
import { encodeMarked } from '../extract/index.ts'

const text = 'In March 2019 the board of Northwind Traders, chaired by Maria Silva, agreed with Contoso Ltd of Porto that its plant in Aveiro would supply Fabrikam until 2024.'
const names = ['March 2019', 'Northwind Traders', 'Maria Silva', 'Contoso Ltd', 'Porto', 'Aveiro', 'Fabrikam', '2024']
const span = (name: string) => ({ start: text.indexOf(name), end: text.indexOf(name) + name.length })
const pairs = names.flatMap((head) => names.filter((tail) => tail !== head).map((tail) => ({ text, head: span(head), tail: span(tail) })))

const { relations: encoder, close } = await openEncoders({ models: resolve('models'), device: 'cpu', workers: 1 })
const best = async (run: () => Promise<unknown>): Promise<number> => {
  let least = Infinity
  for (let round = 0; round < 12; round++) {
    const since = performance.now()
    await run()
    least = Math.min(least, performance.now() - since)
  }
  return least
}
const packed = await best(() => encodeMarked(pairs, encoder))
const single = await best(async () => { for (const pair of pairs) await encodeMarked([pair], encoder) })
await close()
console.log(JSON.stringify({ entities: names.length, pairs: pairs.length, packedMilliseconds: Math.round(packed * 10) / 10, onePassAPairMilliseconds: Math.round(single * 10) / 10, timesFaster: Math.round((10 * single) / packed) / 10 }))
