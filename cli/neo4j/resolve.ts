// Maven coordinates -> jars of Neo4j Community and its Browser under <home>/lib.
// The jars are GPLv3 and belong to Neo4j: they are fetched by the user's own Maven and never stand in our package.
import { execFile } from 'node:child_process'
import { copyFile, link, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { GraphloomError } from '../../errors.ts'
import { MARK, place, releaseOf } from './place.ts'

/** The newest of the 5.26 LTS line, and the last Browser that Maven Central has. */
export const NEO4J_VERSION = '5.26.30'
export const BROWSER_VERSION = '5.24.0'

const RELEASE = `neo4j-${NEO4J_VERSION}+browser-${BROWSER_VERSION}`
const run = promisify(execFile)

export interface ResolveOptions {
  readonly home: string
  /** Folder that keeps the jars for every home of this user. */
  readonly cache: string
  readonly java: string
  readonly onProgress: (step: string) => void
}

/** Where this user's jars are kept between homes. */
export const userCache = (environment: NodeJS.ProcessEnv = process.env): string => join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'graphloom', 'neo4j')

/** Makes `<home>/lib` hold this release; Maven runs only where neither the home nor the cache has it. */
export async function resolveJars({ home, cache, java, onProgress }: ResolveOptions): Promise<void> {
  const lib = join(home, 'lib')
  if ((await releaseOf(lib)) === RELEASE) return
  const cached = join(cache, RELEASE)
  if ((await releaseOf(cached)) !== RELEASE) {
    onProgress(`Resolving Neo4j Community ${NEO4J_VERSION} and Neo4j Browser ${BROWSER_VERSION} from Maven Central (140 MB, once for this user) …`)
    await place(cached, RELEASE, (folder) => copyDependencies(folder, java))
  }
  await place(lib, RELEASE, (folder) => linkAll(cached, folder))
}

async function copyDependencies(folder: string, java: string): Promise<void> {
  const project = await mkdtemp(`${folder}-pom-`)
  try {
    await writeFile(join(project, 'pom.xml'), POM)
    await run('mvn', ['-B', '-q', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`], {
      cwd: project, timeout: 15 * 60_000, maxBuffer: 64 << 20,
      env: { ...process.env, JAVA_HOME: dirname(dirname(java)) }, // a JAVA_HOME that points nowhere would stop Maven
    })
    const jars = await readdir(folder)
    for (const needed of [`neo4j-${NEO4J_VERSION}.jar`, `neo4j-server-${NEO4J_VERSION}.jar`, `neo4j-browser-${BROWSER_VERSION}.jar`]) {
      if (!jars.includes(needed)) throw new Error(`${needed} is not among the ${jars.length} files that Maven copied`)
    }
  } catch (error) {
    throw translate(error)
  } finally {
    await rm(project, { recursive: true, force: true })
  }
}

function translate(error: unknown): GraphloomError {
  const { code, stdout, stderr, message } = error as { code?: unknown; stdout?: string; stderr?: string; message: string }
  if (code === 'ENOENT') {
    return new GraphloomError('neo4j.maven-missing', 'Neo4j is resolved from Maven Central with Maven; no `mvn` was found on the PATH. Install it (Debian, Ubuntu: apt-get install maven; macOS: brew install maven).', { cause: error })
  }
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').filter((line) => /ERROR|Exception/u.test(line)).slice(0, 5).join('\n') || message
  return new GraphloomError('neo4j.resolve-failed', `Maven could not fetch Neo4j ${NEO4J_VERSION}. It needs Maven Central or a mirror named in ~/.m2/settings.xml; run the same command again when it can be reached. Maven said:\n${said}`, { retryable: true, cause: error })
}

/** Hard links where the file system allows, copies elsewhere: 140 MB are kept once, and clearing the cache breaks no home. */
async function linkAll(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    await link(join(from, name), join(to, name)).catch(() => copyFile(join(from, name), join(to, name)))
  }
  await rm(join(to, MARK), { force: true }) // a link to the cache's mark; `place` writes the folder's own, last
}

const POM = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>graphloom</groupId>
  <artifactId>neo4j-home</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <build><pluginManagement><plugins><plugin>
    <groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId><version>3.8.1</version>
  </plugin></plugins></pluginManagement></build>
  <dependencies>
    <dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>${NEO4J_VERSION}</version></dependency>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>${NEO4J_VERSION}</version></dependency>
    <dependency><groupId>org.neo4j.client</groupId><artifactId>neo4j-browser</artifactId><version>${BROWSER_VERSION}</version></dependency>
  </dependencies>
</project>
`
