// graphloom decisions list | export | import | undo | examples.
import { readFile, writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { GraphloomError } from '../errors.ts'
import { decisionExamples, describeDecision, exportDecisions, readDecisions } from '../graph/index.ts'
import { atDesk, type DecideOptions, say } from './decide.ts'

export async function list(options: DecideOptions & { readonly all?: boolean }): Promise<void> {
  await atDesk(options, async ({ store }) => {
    let count = 0
    for await (const decision of exportDecisions(store, options.collection)) {
      if (decision.undone !== undefined && !options.all) continue
      count++
      if (options.json) process.stdout.write(`${JSON.stringify(decision)}\n`)
      else process.stdout.write(`${decision.id}  ${decision.at}  ${decision.by}\n  ${decision.undone === undefined ? '' : `(undone by ${decision.undone.by}) `}${describeDecision(decision)}${decision.note === undefined ? '' : `\n  “${decision.note}”`}\n`)
    }
    if (!options.json) process.stdout.write(`${count} decisions\n`)
  })
}

export async function exportAll(options: DecideOptions & { readonly out?: string }): Promise<void> {
  await atDesk(options, async ({ store }) => {
    const lines: string[] = []
    for await (const decision of exportDecisions(store, options.collection)) lines.push(`${JSON.stringify(decision)}\n`)
    await deliver(lines.join(''), options.out)
  })
}

export async function importAll(file: string, options: DecideOptions): Promise<void> {
  let content: string
  try {
    content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8')
  } catch (cause) {
    throw new GraphloomError('usage.unreadable', `Cannot read the decisions at ${file}: ${(cause as Error).message}.`, { cause })
  }
  const decisions = readDecisions(content, options.collection)
  await atDesk(options, async ({ decisions: desk, who }) => {
    const counts = await desk.add(options.collection, decisions, who().at)
    process.stdout.write(options.json ? `${JSON.stringify(counts)}\n` : `${counts.added} decisions added, ${counts.changed} changed, ${counts.unchanged} known already\n`)
  })
}

export async function undo(ids: readonly string[], options: DecideOptions): Promise<void> {
  await atDesk(options, async ({ decisions, who }) => {
    for (const id of ids) say(await decisions.undo(options.collection, id, who()), options)
  })
}

export async function examples(options: DecideOptions & { readonly out?: string }): Promise<void> {
  await atDesk(options, async ({ store }) => {
    const rows = await decisionExamples(store, options.collection)
    await deliver(rows.map((row) => `${JSON.stringify(row)}\n`).join(''), options.out)
  })
}

async function deliver(content: string, out: string | undefined): Promise<void> {
  if (out === undefined) process.stdout.write(content)
  else await writeFile(out, content)
}
