// graphloom synthesize: filtered training sentences for the ontology's relations, as JSON Lines of examples.
import { writeFile } from 'node:fs/promises'
import { GraphloomError } from '../errors.ts'
import { openServer, type SynthesisCounts, synthesize } from '../extract/index.ts'
import { readOntology } from './wire.ts'

export interface SynthesizeOptions {
  readonly ontology: string
  readonly examples?: string
  readonly server?: string
  readonly model?: string
  readonly relation?: readonly string[]
  readonly count: number
  readonly seed: number
  readonly out?: string
  readonly json?: boolean
}

export async function synthesizeExamples({ ontology: file, examples, server, model, relation, count, seed, out, json }: SynthesizeOptions): Promise<void> {
  const ontology = await readOntology(file, examples)
  const unknown = relation?.find((name) => !Object.hasOwn(ontology.ontology.relations, name))
  if (unknown !== undefined) throw new GraphloomError('usage.relation', `The ontology has no relation ${unknown}; it has ${Object.keys(ontology.ontology.relations).sort().join(', ')}.`)
  if (model !== undefined && server === undefined) throw new GraphloomError('usage.model', '--model names a model of a server; give --server too.')
  const key = process.env['GRAPHLOOM_SERVER_KEY'] ?? process.env['OPENAI_API_KEY']
  const opened = server === undefined ? undefined : await openServer({ url: server, ...(model === undefined ? {} : { model }), ...(key === undefined ? {} : { key }) })
  const made = await synthesize(ontology, {
    count, seed, ...(relation ? { relations: relation } : {}), ...(opened ? { ask: opened.ask } : {}),
    // Rows go to standard output where no file is named: the account must not stand among them.
    ...(json ? {} : { onRelation: (counts) => (out === undefined ? process.stderr : process.stdout).write(`${described(counts)}\n`) }),
  })
  const lines = made.examples.map((example) => `${JSON.stringify(example)}\n`).join('')
  if (out === undefined) process.stdout.write(lines)
  else await writeFile(out, lines)
  if (json) (out === undefined ? process.stderr : process.stdout).write(`${JSON.stringify({ file: out ?? null, model: opened?.model ?? null, rows: made.examples.length, relations: made.counts }, null, 2)}\n`)
}

function described({ relation, statements, negatives, sources, dropped, nameless }: SynthesisCounts): string {
  const list = (counts: Readonly<Record<string, number>>) => Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, number]) => `${number} ${what}`).join(', ')
  return [
    `${relation}: ${statements} statements, ${negatives} negatives${statements + negatives > 0 ? ` (${list(sources)})` : ''}`,
    ...(Object.keys(dropped).length > 0 ? [`  dropped: ${list(dropped)}`] : []),
    ...(nameless.length > 0 ? [`  no names are known for ${nameless.join(', ')}: give them names, a gazetteer, a ner hint or examples`] : []),
  ].join('\n')
}
