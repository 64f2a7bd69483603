// Collects problems with their places while a file is read; nothing is thrown until everything has been looked at.
import type { OntologyProblem } from './ontology.ts'

export interface Place {
  readonly file: string
  /** From 1; 0 where the place is unknown. */
  readonly line: number
}

export interface Report {
  readonly problems: OntologyProblem[]
  error(code: string, place: Place, message: string): void
  warning(code: string, place: Place, message: string): void
}

export function startReport(): Report {
  const problems: OntologyProblem[] = []
  const add = (severity: OntologyProblem['severity']) => (code: string, { file, line }: Place, message: string) => {
    problems.push({ severity, code: `ontology.${code}`, file, line, message })
  }
  return { problems, error: add('error'), warning: add('warning') }
}

/** Sorted by file, line, severity, code and message, repeated ones dropped; `mainFile` comes first. */
export function sortProblems(problems: readonly OntologyProblem[], mainFile: string): OntologyProblem[] {
  const rank = ({ file, line, severity, code, message }: OntologyProblem) =>
    [file === mainFile ? '' : file, String(line).padStart(9, '0'), severity, code, message].join('\u0000')
  const byRank = new Map(problems.map((problem) => [rank(problem), problem]))
  return [...byRank].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, problem]) => problem)
}

/** One line: `file:line: error: message [code]`. */
export function formatProblem({ severity, code, file, line, message }: OntologyProblem): string {
  return `${file}:${line}: ${severity}: ${message} [${code}]`
}
