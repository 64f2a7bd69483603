// The commands of README and docs are run, in order, in a copy of what they name.
import { cpSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
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

it('shows only TypeScript that the types of the built package allow', () => {
  // Files that exist here alone, inside the package: its own name leads to what it exports.
  const blocks = new Map(files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^```ts\n(.*?)^```$/gmsu)].map(([, code = ''], number) => [resolve(`${file}.${number}.ts`), `${code}\nexport {}\n`] as const)))
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.asynciterable.d.ts'], module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, strict: true, noEmit: true, skipLibCheck: true, types: ['node'] }
  const host = ts.createCompilerHost(options)
  const { fileExists, getSourceFile } = host
  host.fileExists = (name) => blocks.has(name) || fileExists(name)
  host.getSourceFile = (name, version, ...rest) => {
    const code = blocks.get(name)
    return code === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, code, version)
  }
  const problems = ts.getPreEmitDiagnostics(ts.createProgram([...blocks.keys()], options, host))
  expect(problems.map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)).toEqual([])
  expect(blocks.size).toBeGreaterThan(0)
}, 300_000)
