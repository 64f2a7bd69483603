import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findJava, javaPrograms } from '../../../cli/neo4j/java.ts'

let folder: string
const programs: Record<number, string> = {}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graphloom-java-'))
  for (const [major, version] of [[8, '1.8.0_402'], [17, '17.0.15'], [21, '21.0.4'], [25, '25.0.3']] as const) {
    const program = join(folder, `jdk-${major}`, 'bin', 'java')
    await mkdir(dirname(program), { recursive: true })
    await writeFile(program, `#!/bin/sh\necho 'openjdk version "${version}" 2026-01-01' >&2\n`)
    await chmod(program, 0o755)
    programs[major] = program
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))
const of = (...majors: number[]) => majors.map((major) => programs[major] as string)

describe('findJava', () => {
  it.each([[[25, 17], 17], [[8, 17, 21], 21], [[21], 21]])('among Java %j takes %i', async (present, chosen) => {
    expect(await findJava(of(...present))).toEqual({ program: programs[chosen], major: chosen })
  })

  it('names what it found when every Java is too old or too new', async () => {
    await expect(findJava(of(8, 25))).rejects.toMatchObject({ code: 'neo4j.java-version', message: expect.stringMatching(/found 8 at .*25 at .*Install/su) })
  })

  it('says how to install one when there is none', async () => {
    await expect(findJava([join(folder, 'nothing')])).rejects.toMatchObject({ code: 'neo4j.java-missing', message: expect.stringContaining('apt-get install') })
  })
})

describe('javaPrograms', () => {
  it('puts JAVA_HOME first, then looks along the PATH', () => {
    const [first, ...others] = javaPrograms({ JAVA_HOME: dirname(dirname(programs[21] as string)), PATH: dirname(programs[17] as string) })
    expect(first).toBe(programs[21])
    expect(others.at(-1)).toBe(programs[17])
  })
})
