// An ontology file, with the files it names -> Ontology, or every problem it has.
import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { GraphloomError } from '../errors.ts'
import { checkParts } from './check.ts'
import { withInverses } from './normal-form.ts'
import type { Ontology, OntologyProblem } from './ontology.ts'
import { parseYaml, readOntology } from './file/index.ts'
import { formatProblem, type Place, sortProblems, startReport } from './report.ts'

export interface OntologyCheck {
  /** Absent when there is an error. */
  readonly ontology?: Ontology
  /** Errors and warnings, by file and line. */
  readonly problems: readonly OntologyProblem[]
}

/** Loads an ontology; throws `ontology.unreadable` or `ontology.invalid`, whose message lists every error with file and line. */
export async function loadOntology(path: string): Promise<Ontology> {
  const { ontology, problems } = await checkOntology(path)
  if (ontology) return ontology
  const errors = problems.filter(({ severity }) => severity === 'error')
  const code = errors.some((problem) => problem.code === 'ontology.unreadable' && problem.line === 0) ? 'ontology.unreadable' : 'ontology.invalid'
  throw new GraphloomError(code, errors.map(formatProblem).join('\n'))
}

/** Looks at the whole file and reports everything that is wrong or doubtful; throws nothing. */
export async function checkOntology(path: string): Promise<OntologyCheck> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const message = `Cannot read the ontology: ${(error as Error).message}.`
    return { problems: [{ severity: 'error', code: 'ontology.unreadable', file: path, line: 0, message }] }
  }
  return parseOntology(text, path, (file) => readFile(file, 'utf8'))
}

/** Reads an ontology from text; `file` names it in problems, and the files it names are read by `readFile`, relative to it. */
export async function parseOntology(text: string, file: string, readFile: (path: string) => Promise<string>): Promise<OntologyCheck> {
  const { tree, problems } = parseYaml(text)
  const report = startReport()
  for (const { line, message } of problems) report.error('syntax', { file, line }, message)
  if (!tree) return { problems: sortProblems(report.problems, file) }
  const resolve = (path: string) => (isAbsolute(path) ? path : join(dirname(file), path))
  const places = new Map<string, Place>()
  const ontology = await readOntology(tree, { file, report, places, resolve, readFile: (path) => readFile(resolve(path)) })
  report.problems.push(...checkParts(ontology, (path) => placeOf(path, places, file)))
  const sorted = sortProblems(report.problems, file)
  return sorted.some(({ severity }) => severity === 'error') ? { problems: sorted } : { ontology: withInverses(ontology), problems: sorted }
}

/** The place of a part, else of the part that holds it. */
function placeOf(path: string, places: ReadonlyMap<string, Place>, file: string): Place {
  for (let part = path; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('/')))) {
    const place = places.get(part)
    if (place) return place
  }
  return { file, line: 1 }
}
