// The command as users call it: to standard output, to a file that other commands take, and with a server.
import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { graphloom, lines, ONTOLOGY, workFolder, write } from './graphloom.ts'

const cwd = workFolder()
const ontology = write(cwd, 'ontology.yaml', ONTOLOGY)
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

it('writes rows to standard output and the account to standard error', async () => {
  const { code, stdout, stderr } = await graphloom(['synthesize', '--ontology', ontology, '--relation', 'WORKS_FOR', '--count', '10'], { cwd })
  expect(code).toBe(0)
  expect(lines(stdout)).toHaveLength(10)
  expect(lines(stdout)[0]).toMatchObject({ relation: 'WORKS_FOR', text: expect.any(String), head: [expect.any(Number), expect.any(Number)], negative: false })
  expect(stderr).toContain('WORKS_FOR: 6 statements, 4 negatives')
})

it('writes the same file again, and the ontology takes it', async () => {
  const args = (name: string) => ['synthesize', '--ontology', ontology, '--count', '10', '--out', join(cwd, name), '--json']
  const first = await graphloom(args('a.jsonl'), { cwd })
  expect(first.code).toBe(0)
  expect(JSON.parse(first.stdout)).toMatchObject({ model: null, rows: expect.any(Number) })
  await graphloom(args('b.jsonl'), { cwd })
  expect(readFileSync(join(cwd, 'a.jsonl'), 'utf8')).toBe(readFileSync(join(cwd, 'b.jsonl'), 'utf8'))
  const again = await graphloom(['synthesize', '--ontology', ontology, '--examples', join(cwd, 'a.jsonl'), '--count', '4'], { cwd })
  expect(again.code).toBe(0)
})

it('takes rows of a server and says which model wrote them', async () => {
  const row = { text: 'Wanda Prill keeps the books of Hox Ltd.', head: 'Wanda Prill', head_type: 'Person', tail: 'Hox Ltd', tail_type: 'Company', negative: false }
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(JSON.stringify(request.url === '/v1/models' ? { data: [{ id: 'stub' }] } : { choices: [{ message: { content: JSON.stringify([row]) } }] })))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  try {
    const { code, stdout, stderr } = await graphloom(['synthesize', '--ontology', ontology, '--relation', 'WORKS_FOR', '--count', '5', '--json', '--server', `http://127.0.0.1:${(server.address() as AddressInfo).port}`], { cwd })
    expect(code).toBe(0)
    expect(lines(stdout)[0]).toEqual({ relation: 'WORKS_FOR', text: row.text, head: [0, 11], tail: [31, 38], negative: false })
    expect(JSON.parse(stderr)).toMatchObject({ model: 'stub', relations: [{ sources: { server: 1 } }] })
  } finally {
    server.close()
  }
})

it('ends with 2 for a relation that is not there and with 3 for a server that does not answer', async () => {
  expect((await graphloom(['synthesize', '--ontology', ontology, '--relation', 'NOTHING'], { cwd })).code).toBe(2)
  expect((await graphloom(['synthesize', '--ontology', ontology, '--server', 'nowhere'], { cwd })).code).toBe(2)
  const down = await graphloom(['synthesize', '--ontology', resolve('examples/ontology.yaml'), '--server', 'http://127.0.0.1:9/v1'], { cwd })
  expect(down.code).toBe(3)
  expect(down.stderr).toContain('Is the server running?')
})
