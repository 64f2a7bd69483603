// graphloom push: one store into another.
import { push } from '../graph/index.ts'
import { refreshPages } from './local.ts'
import { openExistingGraph, openGraph } from './wire.ts'

export async function pushGraph({ from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  const source = await openExistingGraph(from)
  try {
    const target = await openGraph(to)
    try {
      const result = await push(source, target, (done) => process.stderr.isTTY && process.stderr.write(`\r${JSON.stringify(done)}`))
      process.stdout.write(`${process.stderr.isTTY ? '\n' : ''}Pushed ${from} to ${to}: ${JSON.stringify(result)}\n`)
      await refreshPages(to, target)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}
