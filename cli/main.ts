#!/usr/bin/env node
// The command line: names, options and help. Each command's work stands in a file of its own, loaded when it is called.
import { Command, InvalidArgumentError, Option } from 'commander'
import { exitCode, explain } from './exit.ts'
import { packageVersion } from './paths.ts'

const integer = (least: number) => (given: string) => {
  const number = Number(given)
  if (!Number.isInteger(number) || number < least) throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`)
  return number
}
const probability = (given: string) => {
  const number = Number(given)
  if (!(number > 0 && number < 1)) throw new InvalidArgumentError('Expected a number between 0 and 1, e.g. 0.9.')
  return number
}
const fieldMap = (given: string) => {
  const entries = given.split(',').map((part) => part.split('=').map((side) => side.trim()))
  if (entries.some((entry) => entry.length !== 2 || entry.some((side) => !side))) throw new InvalidArgumentError('Expected pairs such as id=ID,text=BODY,title=T.')
  return Object.fromEntries(entries) as Record<string, string>
}
const store = () => new Option('--store <uri>', 'sqlite:PATH, neo4j://HOST:PORT or bolt://HOST:PORT').default('sqlite:.graphloom/graph.db')
const collection = () => new Option('--collection <name>', 'named set of documents').default('default')

const program = new Command('graphloom')
  .description('Document collections in, an ontology-true knowledge graph with evidence out.')
  .version(packageVersion())
  .showHelpAfterError('(graphloom --help shows every command)')
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .exitOverride()

program.command('ingest').description('read documents, find facts, write them to the store')
  .argument('<paths...>', 'file, folder, glob, archive or - for standard input')
  .requiredOption('--ontology <file>', 'YAML or JSON ontology')
  .addOption(collection()).addOption(store())
  .option('--workers <n>', 'encoder workers (default: one per core)', integer(1))
  .addOption(new Option('--device <name>', 'where the encoder runs').choices(['auto', 'cpu', 'cuda', 'webgpu']).default('auto'))
  .option('--examples <file>', 'JSON Lines of teaching examples for the relations')
  .option('--precision <p>', 'target precision of accepted facts', probability, 0.9)
  .option('--models <dir>', 'folder of model bundles (default: those that ship with graphloom)')
  .option('--field-map <map>', 'fields of JSON Lines and CSV records, e.g. id=ID,text=BODY,title=T', fieldMap)
  .option('--dry-run', 'extract and report, write nothing')
  .option('--report <file>', 'write the run report as JSON')
  .option('--json', 'print the run report as JSON')
  .action(async (paths, options) => (await import('./ingest.ts')).ingest(paths, options))

program.command('export').description('write facts or entities, one JSON object a line, sorted by id')
  .addOption(store())
  .option('--collection <name>', 'only this collection')
  .addOption(new Option('--what <records>', 'which records').choices(['facts', 'entities']).default('facts'))
  .option('--status <list>', 'facts of these statuses, e.g. accepted,review', 'accepted,review')
  .option('--out <file>', 'write to a file instead of standard output')
  .action(async (options) => (await import('./export.ts')).exportGraph(options))

program.command('show').description('print accepted facts with quote, document, page and score')
  .addOption(store()).option('--collection <name>', 'only this collection')
  .option('--limit <n>', 'at most so many facts', integer(1), 200)
  .action(async (options) => (await import('./show.ts')).show(options))

program.command('retract').description('remove documents and exactly what only they supported')
  .argument('[documents...]', 'document ids, URIs, or URI#RECORD')
  .option('--all', 'every document of the collection')
  .requiredOption('--ontology <file>', 'the ontology of the graph')
  .addOption(collection()).addOption(store())
  .option('--json', 'print the result as JSON')
  .action(async (documents, options) => (await import('./retract.ts')).retractDocuments(documents, options))

program.command('push').description('copy the whole graph to another store; run again to continue')
  .requiredOption('--from <uri>', 'store to read').requiredOption('--to <uri>', 'store to write')
  .action(async (options) => (await import('./push.ts')).pushGraph(options))

const ontology = program.command('ontology').description('work on an ontology file')
ontology.command('check').description('report every problem with its place and the nearest valid key')
  .argument('<file>').option('--json', 'print the problems as JSON')
  .action(async (file, options) => (await import('./ontology.ts')).check(file, options))

const neo4j = program.command('neo4j').description('a local Neo4j Community, data kept under .graphloom/neo4j')
const home = () => new Option('--home <dir>', 'where it lives').default('.graphloom/neo4j')
neo4j.command('start').description('resolve, configure and start it; waits until it answers')
  .addOption(home())
  .option('--port <n>', 'Bolt port', integer(1), 7687).option('--http-port <n>', 'Browser port', integer(1), 7474)
  .option('--heap <mb>', 'Java heap in megabytes', integer(256))
  .action(async (options) => (await import('./server.ts')).start(options))
neo4j.command('stop').description('stop it; data stay').addOption(home()).action(async (options) => (await import('./server.ts')).stop(options))
neo4j.command('status').description('does it run, where, and how to log in').addOption(home()).action(async (options) => (await import('./server.ts')).status(options))

program.command('doctor').description('what works on this machine, what is missing, how to mend it')
  .option('--json', 'print as JSON').option('--models <dir>', 'folder of model bundles')
  .action(async (options) => (await import('./doctor.ts')).doctor(options))

try {
  await program.parseAsync()
} catch (error) {
  explain(error)
  process.exitCode = exitCode(error)
}
