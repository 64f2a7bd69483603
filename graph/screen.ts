// A Cypher statement, looked at before any server sees it: one statement, nothing but reading, no door to files, network or settings.
// It refuses more than it must: what it does not understand, too. The server's plan and its READ mode are asked after it.
import { GraphloomError } from '../errors.ts'

const LONGEST = 10_000 // characters

const FORBIDDEN = ['ALTER', 'CREATE', 'CYPHER', 'DEALLOCATE', 'DELETE', 'DENY', 'DETACH', 'DROP', 'DRYRUN', 'ENABLE', 'EXPLAIN', 'FOREACH', 'GRANT', 'INSERT', 'LOAD', 'MERGE', 'PROFILE', 'REALLOCATE', 'REMOVE', 'RENAME', 'REVOKE', 'SET', 'SHOW', 'START', 'STOP', 'TERMINATE', 'TRANSACTIONS', 'USE', 'USING'] as const

const PROCEDURES = new Set(['db.labels', 'db.relationshipTypes', 'db.propertyKeys', 'db.schema.visualization', 'db.index.fulltext.queryNodes', 'db.index.fulltext.queryRelationships'])

/** Functions in a namespace: those of the database itself tell of its settings, others come from plug-ins. */
const FUNCTION_SPACES = new Set(['date', 'datetime', 'localdatetime', 'localtime', 'time', 'duration', 'point', 'vector'])

/** Fails with `api.cypher-refused` unless the statement may be planned; `length` is the most relationships of a path. */
export function screen(statement: string, length: number): void {
  if (statement.length > LONGEST) throw refused(`it has ${statement.length} characters; at most ${LONGEST} are taken`)
  // Cypher reads \uXXXX anywhere, before it knows what is a string: `'\u0027 LOAD CSV` is not what it seems.
  if (/\\u/i.test(statement)) throw refused('it has a \\u escape; send such characters as they are, or as a parameter')
  const code = bare(statement)
  if (/[^\t\n\r -~\u00a0-\ud7ff\ue000-\ufffd]/.test(code) || /[\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/.test(code)) throw refused('it has invisible characters')
  if (code.replace(/;\s*$/, '').includes(';')) throw refused('it is more than one statement')
  const word = FORBIDDEN.find((keyword) => new RegExp(`(?<![\\w$])${keyword}(?!\\w)`, 'i').test(code))
  if (word !== undefined) throw refused(`it says ${word}; it may only read (a name such as this goes in back-quotes)`)
  if ((code.match(/(?<![\w$])reduce\s*\(/gi) ?? []).length > 1) throw refused('it has more than one reduce; a loop in a loop cannot be stopped')
  screenCalls(code)
  screenLengths(code, length)
}

/** Comments become spaces, strings '' and back-quoted names `x`: what is left is the statement's own code. */
function bare(statement: string): string {
  const open = /\/\*[\s\S]*?\*\/|\/\/[^\n\r]*|'(?:\\[\s\S]|[^'\\])*'|"(?:\\[\s\S]|[^"\\])*"|`(?:``|[^`])*`/g
  const code = statement.replace(open, (part) => (part.startsWith('/') ? ' ' : part.startsWith('`') ? '`x`' : "''"))
  const rest = code.replaceAll("''", '').replaceAll('`x`', '')
  if (/['"`]|\/\*/.test(rest)) throw refused('a string, a comment or a quoted name in it does not end')
  return code
}

function screenCalls(code: string): void {
  for (const [, rest = ''] of code.matchAll(/(?<![\w$])CALL(?!\w)([\s\S]*)/gi)) {
    for (const [, call = ''] of `CALL${rest}`.matchAll(/(?<![\w$])CALL(?!\w)\s*([\s\S]{0,200})/gi)) {
      if (/^(?:\(\s*(?:\*|[\w\s,`]*)\)\s*)?\{/.test(call)) continue // a subquery
      const name = /^([A-Za-z]\w*(?:\s*\.\s*\w+)*)/.exec(call)?.[1]?.replaceAll(/\s/g, '') ?? ''
      if (!PROCEDURES.has(name)) throw refused(`it calls ${name || 'a procedure by a quoted name'}; expected one of ${[...PROCEDURES].join(', ')}`)
    }
  }
  for (const [, space = '', name = ''] of code.matchAll(/(?<![\w$.])([A-Za-z]\w*|`x`)\s*\.\s*((?:[\w`]+\s*\.\s*)*[\w`]+)\s*\(/g)) {
    const whole = `${space}.${name}`.replaceAll(/\s/g, '')
    if (!FUNCTION_SPACES.has(space.toLowerCase()) && !PROCEDURES.has(whole)) throw refused(`it calls ${whole}, which is not among the functions that are let through`)
  }
}

/** `[*]`, `[*2..]` and `(…)+` have no end; `[*1..4]` has. */
function screenLengths(code: string, length: number): void {
  for (const [, inside = ''] of code.matchAll(/\[([^\][]*)\]/g)) {
    const bound = /^[^*|]*(?:\|[^*]*)*\*\s*(?:(\d+)?\s*(\.\.)?\s*(\d+)?)/.exec(inside)
    if (bound === null || !/^\s*(?:[\w`]+\s*)?(?::[^*]*)?\*/.test(inside)) continue
    const [, least, dots, most] = bound
    const end = dots === undefined ? least : most
    if (end === undefined || Number(end) > length) throw refused(`a path in it has no end, or one beyond ${length}; write e.g. [*1..${Math.min(4, length)}]`)
  }
}

/** The failure of every layer that lets a statement not through. */
export function refused(reason: string): GraphloomError {
  return new GraphloomError('api.cypher-refused', `The statement is not run: ${reason}.`)
}
