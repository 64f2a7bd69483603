// Failure -> exit code and words for a person: 0 done, 1 some documents failed, 2 wrong usage or ontology, 3 a needed service or model is missing.
import { isGraphloomError } from '../errors.ts'

export const EXIT = { done: 0, someFailed: 1, usage: 2, missing: 3, interrupted: 130 } as const

export function exitCode(error: unknown): number {
  if (isGraphloomError(error)) {
    const [area] = error.code.split('.')
    if (area === 'usage' || area === 'ontology') return EXIT.usage
    if (area === 'ingest' || area === 'extract') return EXIT.someFailed
    return EXIT.missing
  }
  const code = commanderCode(error)
  if (code === undefined) return EXIT.someFailed
  return code.startsWith('commander.help') || code === 'commander.version' ? EXIT.done : EXIT.usage
}

export function explain(error: unknown): void {
  if (commanderCode(error) !== undefined) return // commander has said it
  if (isGraphloomError(error)) process.stderr.write(`graphloom: ${error.message} [${error.code}]\n`)
  else process.stderr.write(`graphloom: this is a bug, please report it\n${error instanceof Error ? error.stack : String(error)}\n`)
}

const commanderCode = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && code.startsWith('commander.') ? code : undefined
}
