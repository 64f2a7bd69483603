// Review, resolve, decisions and ontology commands as people and scripts call them, on a graph made without an encoder.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { commit, type Decision, exportFacts, settle } from '../../graph/index.ts'
import { openStore } from '../../graph/stores/index.ts'
import { toYaml } from '../../ontology/index.ts'
import { company, documentOf, NOW, ONTOLOGY, person, place } from '../graph/documents.ts'
import { graphloom, lines, workFolder, write } from '../integration/graphloom.ts'

const cwd = workFolder()
const file = join(cwd, 'graph.db')
const run = (args: readonly string[], input?: string) => graphloom([...args, '--store', 'sqlite:graph.db', '--collection', 'test'], { cwd, ...(input === undefined ? {} : { input }) })
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

beforeEach(async () => {
  for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true })
  const store = await openStore(`sqlite:${file}`)
  await commit(store, ONTOLOGY, [
    documentOf('a.txt', [{ head: person('Ada Lovelace'), relation: 'EMPLOYED_BY', tail: company('Acme Corp'), score: 0.6, status: 'review' }]),
    documentOf('b.txt', [{ head: company('Apex'), relation: 'EMPLOYS', tail: person('Zoe Young'), score: 0.5, status: 'review' }, { head: person('Zoe Young'), relation: 'BORN_IN', tail: place('Springfield', { suffix: ', [Illinois]' }) }]),
    documentOf('c.txt', [{ head: person('Adam Old'), relation: 'BORN_IN', tail: place('Springfield', { suffix: ', [Missouri]' }) }, { head: person('Adam Old'), relation: 'EMPLOYED_BY', tail: company('IBM') }]),
    documentOf('d.zip!/in.txt', [{ head: company('International Business Machines'), relation: 'EMPLOYS', tail: person('Adam Old') }]),
  ], NOW)
  await settle(store, ONTOLOGY, 'test', NOW)
  await store.close()
})

async function told(): Promise<readonly string[]> {
  const store = await openStore(`sqlite:${file}`)
  const found: string[] = []
  for await (const { head, relation, tail, status } of exportFacts(store, { collection: 'test', statuses: ['accepted', 'review', 'rejected'] })) found.push(`${head.name} ${relation} ${'name' in tail ? tail.name : tail.value}: ${status}`)
  await store.close()
  return found.sort()
}

describe('review', () => {
  it('decides fact after fact by one key each, and takes the last one back', async () => {
    const { code, stdout } = await run(['review', '--by', 'eve'], 'rua')
    expect(code).toBe(0)
    expect(stdout).toContain('1 of 2')
    expect(stdout).toContain('“Ada Lovelace employed_by Acme Corp.”')
    expect(stdout).toContain('reject Ada Lovelace EMPLOYED_BY Acme Corp')
    expect(stdout).toContain('undone: reject')
    expect(stdout).toContain('1 decided, 1 left of these 2 facts')
    expect(await told()).toEqual(expect.arrayContaining(['Ada Lovelace EMPLOYED_BY Acme Corp: accepted', 'Apex EMPLOYS Zoe Young: review']))
  })

  it('corrects a relation to one that the ontology allows, turned round where that fits', async () => {
    const { stdout } = await run(['review', '--relation', 'EMPLOYS'], 'c1')
    expect(stdout).toContain('[1] EMPLOYED_BY (turned round)')
    expect(await told()).toContain('Zoe Young EMPLOYED_BY Apex: accepted')
  })

  it('lists facts for scripts, which accept, reject and correct by id', async () => {
    const facts = lines((await run(['review', '--json'])).stdout) as { id: string; relation: string }[]
    expect(facts.map(({ relation }) => relation)).toEqual(['EMPLOYED_BY', 'EMPLOYS'])
    const accepted = await run(['review', 'accept', facts[0]?.id ?? '', '--note', 'seen', '--by', 'eve', '--json'])
    expect(lines(accepted.stdout)).toMatchObject([{ kind: 'accept', by: 'eve', note: 'seen', head: { name: 'Ada Lovelace' } }])
    expect((await run(['review', 'correct', facts[1]?.id ?? '', 'EMPLOYED_BY', '--turned'])).code).toBe(0)
    expect(await told()).toEqual(expect.arrayContaining(['Ada Lovelace EMPLOYED_BY Acme Corp: accepted', 'Zoe Young EMPLOYED_BY Apex: accepted']))
    const wrong = await run(['review', 'reject', 'fact:none'])
    expect(wrong).toMatchObject({ code: 2 })
    expect(wrong.stderr).toContain('There is no fact fact:none')
  })
})

describe('resolve', () => {
  it('lists doubtful matches with what speaks for and against them, and the command that decides', async () => {
    const { stdout } = await run(['resolve'])
    expect(stdout).toMatch(/Springfield \(Place, 1 document\)\nSpringfield \(Place, 1 document\)\n {2}left apart: the same name, but the texts place them differently\n {2}graphloom resolve merge ent:\w+ ent:\w+/)
    expect(stdout).toMatch(/joined \(score 0\.80\): one is the initials of the other\n {2}graphloom resolve split ent:\w+ ent:\w+/)
    expect(stdout).toContain('2 doubtful matches')
  })

  it('merges and splits what it lists, and does not list it again', async () => {
    const matches = lines((await run(['resolve', '--json'])).stdout) as { verdict: string; entity: { id: string }; other: { id: string } }[]
    for (const { verdict, entity, other } of matches) expect((await run(['resolve', verdict === 'joined' ? 'split' : 'merge', entity.id, other.id])).code).toBe(0)
    expect((await run(['resolve'])).stdout).toBe('0 doubtful matches\n')
    expect(await told()).toEqual(expect.arrayContaining(['Adam Old EMPLOYED_BY IBM: accepted', 'International Business Machines EMPLOYS Adam Old: accepted']))
  })
})

describe('decisions', () => {
  it('are listed, undone, exported, imported and made into examples', async () => {
    const [first] = lines((await run(['review', '--json'])).stdout) as { id: string }[]
    const [decision] = lines((await run(['review', 'reject', first?.id ?? '', '--json', '--by', 'eve'])).stdout) as Decision[]
    expect((await run(['decisions', 'list'])).stdout).toMatch(new RegExp(`^${decision?.id}  .*  eve\\n  reject Ada Lovelace EMPLOYED_BY Acme Corp\\n1 decisions\\n$`))
    const exported = (await run(['decisions', 'export'])).stdout
    expect(lines((await run(['decisions', 'examples'])).stdout)).toEqual([{ relation: 'EMPLOYED_BY', text: 'Ada Lovelace employed_by Acme Corp.', head: [0, 12], tail: [25, 34], negative: true }])
    expect((await run(['decisions', 'undo', decision?.id ?? ''])).stdout).toContain('undone: reject')
    expect((await run(['decisions', 'list'])).stdout).toBe('0 decisions\n')
    expect((await run(['decisions', 'import', '-'], exported)).stdout).toBe('0 decisions added, 0 changed, 1 known already\n')
    expect(await told()).toContain('Ada Lovelace EMPLOYED_BY Acme Corp: review')
    const broken = await run(['decisions', 'import', '-'], '{"kind":"accept"}\n{"kind":"guess"}\nno\n')
    expect(broken.code).toBe(2)
    expect(broken.stderr).toMatch(/line 1: .*\n.*line 2: "kind" is "guess".*\n.*line 3: /u)
  })
})

describe('retract', () => {
  it('of an archive retracts what was in it', async () => {
    write(cwd, 'ontology.yaml', toYaml(ONTOLOGY.ontology))
    const { stdout } = await run(['retract', 'd.zip', 'e.zip', '--ontology', 'ontology.yaml'])
    expect(stdout).toBe('Retracted 1 documents\nNot in collection test: e.zip\n')
    expect((await told()).some((line) => line.startsWith('International'))).toBe(false)
  })
})

describe('ontology', () => {
  const renamed = { ...ONTOLOGY.ontology, version: '2.0.0' }
  const { EMPLOYED_BY, EMPLOYS, ...others } = renamed.relations
  const after = {
    ...renamed,
    relations: { ...others, WORKS_FOR: { ...EMPLOYED_BY, name: 'WORKS_FOR', label: 'works for', inverse: 'EMPLOYS' }, EMPLOYS: { ...EMPLOYS, inverse: 'WORKS_FOR' }, BORN_IN: { ...others['BORN_IN'], domain: ['Organization'] } },
  } as typeof renamed

  it('is written for other tools and read back as it was', async () => {
    write(cwd, 'before.yaml', toYaml(ONTOLOGY.ontology))
    const turtle = await graphloom(['ontology', 'export', 'before.yaml', '--out', 'before.ttl'], { cwd })
    expect(turtle).toMatchObject({ code: 0, stderr: '' })
    const back = await graphloom(['ontology', 'import', 'before.ttl', '--out', 'back.yaml'], { cwd })
    expect(back.code, back.stderr).toBe(0)
    expect((await graphloom(['ontology', 'diff', 'before.yaml', 'back.yaml'], { cwd })).stdout).toBe('test@1.0.0 -> test@1.0.0: 0 changes; the version should be at least 1.0.0\n')
    expect((await graphloom(['ontology', 'export', 'before.yaml', '--format', 'shacl'], { cwd })).stdout).toContain('sh:NodeShape')
    write(cwd, 'broken.ttl', 'this is no Turtle')
    expect(await graphloom(['ontology', 'import', 'broken.ttl'], { cwd })).toMatchObject({ code: 2 })
  })

  it('is compared with another: what changed, what breaks, what was perhaps renamed', async () => {
    write(cwd, 'before.yaml', toYaml(ONTOLOGY.ontology))
    write(cwd, 'after.yaml', toYaml(after))
    const { stdout } = await graphloom(['ontology', 'diff', 'before.yaml', 'after.yaml'], { cwd })
    expect(stdout).toContain('breaking relations/BORN_IN/domain: The domain of "BORN_IN" has lost "Person".')
    expect(stdout).toContain('renamed? EMPLOYED_BY -> WORKS_FOR')
    expect(stdout).toContain('the version should be at least 2.0.0')
  })

  it('migrates a graph: facts take the new names, decisions too, and what is no longer allowed goes, with a count', async () => {
    write(cwd, 'after.yaml', toYaml(after))
    const facts = lines((await run(['review', '--json'])).stdout) as { id: string }[]
    await run(['review', 'accept', facts[0]?.id ?? ''])
    const dry = await run(['ontology', 'migrate', '--ontology', 'after.yaml', '--dry-run'])
    expect(dry.stdout).toContain('(nothing was written)')
    expect((await told()).some((line) => line.includes('WORKS_FOR'))).toBe(false)
    const { stdout, code } = await run(['ontology', 'migrate', '--ontology', 'after.yaml'])
    expect(code).toBe(0)
    expect(stdout).toBe('test@1.0.0 -> test@2.0.0\n  EMPLOYED_BY -> WORKS_FOR\n4 of 4 documents changed, 1 decisions renamed; statements no longer allowed: 2 domain\n')
    expect(await told()).toEqual(['Ada Lovelace WORKS_FOR Acme Corp: accepted', 'Adam Old WORKS_FOR International Business Machines: rejected', 'Apex EMPLOYS Zoe Young: review', 'International Business Machines EMPLOYS Adam Old: accepted'])
    expect((await run(['ontology', 'migrate', '--ontology', 'after.yaml'])).stdout).toContain('0 of 4 documents changed, 0 decisions renamed')
    expect(await run(['ontology', 'migrate', '--ontology', 'after.yaml', '--rename', 'NOTHING=WORKS_FOR'])).toMatchObject({ code: 2 })
  })
})
