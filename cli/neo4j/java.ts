// JDKs on this machine -> the one that Neo4j 5.26 LTS runs on. A machine often has several, and the first on the PATH may be too new.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { GraphloomError } from '../../errors.ts'

export interface Java {
  /** Path of the `java` program. */
  readonly program: string
  /** 17, 21, … */
  readonly major: number
}

/** Java releases that Neo4j 5.26 supports, the best first. */
export const SUPPORTED_JAVA: readonly number[] = [21, 17]

const run = promisify(execFile)

/** Finds a Java that Neo4j supports among `programs`; each is asked for its version. */
export async function findJava(programs: readonly string[] = javaPrograms()): Promise<Java> {
  const found = (await Promise.all(programs.map(ask))).filter((java) => java !== undefined)
  for (const major of SUPPORTED_JAVA) {
    const java = found.find((candidate) => candidate.major === major)
    if (java) return java
  }
  const remedy = 'Install one (Debian 12: apt-get install openjdk-17-jre-headless; newer: openjdk-21-jre-headless; macOS: brew install openjdk@21), or point JAVA_HOME at one.'
  if (found.length === 0) throw new GraphloomError('neo4j.java-missing', `Neo4j 5.26 needs Java 17 or 21; no Java was found. ${remedy}`)
  const seen = found.map(({ program, major }) => `${major} at ${program}`).join(', ')
  throw new GraphloomError('neo4j.java-version', `Neo4j 5.26 needs Java 17 or 21; found ${seen}. ${remedy}`)
}

/** Every `java` program in the usual places: JAVA_HOME, PATH, and where systems keep their JDKs. */
export function javaPrograms(environment: NodeJS.ProcessEnv = process.env): readonly string[] {
  const homes = ['/usr/lib/jvm', '/usr/java', '/opt', '/opt/java', '/opt/homebrew/opt', join(homedir(), '.sdkman/candidates/java'), join(homedir(), '.jdks')].flatMap(children)
  const bundles = children('/Library/Java/JavaVirtualMachines').map((bundle) => join(bundle, 'Contents/Home'))
  const named = environment['JAVA_HOME'] ? [environment['JAVA_HOME']] : []
  const onPath = (environment['PATH'] ?? '').split(delimiter).filter(Boolean).map((folder) => join(folder, 'java'))
  const programs = [...[...named, ...homes, ...bundles].map((home) => join(home, 'bin', 'java')), ...onPath]
  return [...new Set(programs.filter((program) => existsSync(program)).map((program) => realpathSync(program)))]
}

const children = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort().map((name) => join(folder, name)) : [])

async function ask(program: string): Promise<Java | undefined> {
  try {
    const { stdout, stderr } = await run(program, ['-version'], { timeout: 20_000 })
    const major = Number(/version "(?:1\.)?(\d+)/u.exec(`${stderr}${stdout}`)?.[1])
    return Number.isInteger(major) ? { program, major } : undefined
  } catch {
    return undefined // a broken link or a stub such as macOS's /usr/bin/java is no Java
  }
}
