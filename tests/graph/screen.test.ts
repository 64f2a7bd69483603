import fc from 'fast-check'
import { expect, test } from 'vitest'
import { screen } from '../../graph/screen.ts'
import { ATTACKS, PLANNED_ATTACKS, WANTED } from './attacks.ts'

const REFUSED = expect.objectContaining({ code: 'api.cypher-refused' })

test.each(Object.entries(ATTACKS).flatMap(([aim, statements]) => statements.map((statement) => [aim, statement] as const)))('a statement that tries %s is refused: %s', (_, statement) => {
  expect(() => screen(statement, 6)).toThrow(REFUSED)
})

test.each(WANTED)('what only reads is let through: %s', (statement) => {
  expect(() => screen(statement, 6)).not.toThrow()
})

test('what only a plan gives away is left to the plan', () => {
  for (const statement of Object.values(PLANNED_ATTACKS).flat()) expect(() => screen(statement, 6)).not.toThrow()
})

test('no white space, case or comment between the words lets an attack through', () => {
  const gap = fc.constantFrom(' ', '\n', '\t', '\r\n', '/**/', '/* x */', '// x\n', ' /*\n*/ ')
  fc.assert(fc.property(fc.constantFrom('CREATE (n)', 'LOAD CSV FROM $u AS r RETURN r', 'MATCH (n:A) DETACH DELETE n', 'SHOW USERS', 'USE system RETURN 1', 'CALL dbms.listConfig() YIELD name RETURN name'), fc.array(gap, { minLength: 12, maxLength: 12 }), fc.boolean(), (attack, gaps, lower) => {
    const statement = attack.split(' ').reduce((made, word, index) => made + (index ? gaps[index % gaps.length] : '') + (lower ? word.toLowerCase() : word), gaps[0] ?? '')
    expect(() => screen(statement, 6)).toThrow(REFUSED)
  }))
})

test('nothing that anybody writes makes it fail otherwise', () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => {
    try {
      screen(text, 6)
    } catch (error) {
      expect(error).toMatchObject({ code: 'api.cypher-refused' })
    }
  }), { numRuns: 1000 })
  for (const long of ['('.repeat(9999), 'CALL '.repeat(1999), '['.repeat(9999), '/*'.repeat(4999), "'".repeat(9999), `RETURN ${'a.'.repeat(4000)}b()`, '*'.repeat(20_000)]) expect(() => screen(long, 6)).not.toThrow(RangeError)
})
