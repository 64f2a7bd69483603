// The commands of README and docs are run, in order, in a copy of what they name.
import { cpSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { graphloom, workFolder } from './integration/graphloom.ts'

const cwd = workFolder()
cpSync(resolve('examples'), join(cwd, 'examples'), { recursive: true })
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const files = ['README.md', ...readdirSync('docs').filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]

it.each(files)('runs the commands of %s', async (file) => {
  const blocks = readFileSync(file, 'utf8').matchAll(/^```sh\n(.*?)^```$/gmsu)
  for (const [, block] of blocks) {
    for (const line of block?.split('\n') ?? []) {
      if (!line.startsWith('npx graphloom ')) continue
      const outcome = await graphloom(line.slice('npx graphloom '.length).split(/\s+#/u)[0]?.trim().split(/\s+/u) ?? [], { cwd })
      expect({ line, code: outcome.code, stderr: outcome.stderr }).toMatchObject({ line, code: 0 })
    }
  }
})

it.each(files)('links only to files that exist from %s', (file) => {
  for (const [, target] of readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/gu)) {
    expect(() => readFileSync(resolve(file, '..', target ?? ''))).not.toThrow()
  }
})
