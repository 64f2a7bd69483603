// graphloom resolve: doubtful entity matches with what speaks for and against them.
import { type DoubtfulEntity, type DoubtfulMatch, doubtfulMatches } from '../graph/index.ts'
import { atDesk, type DecideOptions } from './decide.ts'

const FOR = { name: 'the same name', alias: 'a document gives one as another name of the other', acronym: 'one is the initials of the other', 'master-data': 'master data know the name' } as const satisfies Record<DoubtfulMatch['hint'], string>
const AGAINST = {
  several: 'another entity is as near',
  third: 'only a third name links them',
  conflict: 'their types, keys or surroundings conflict',
  type: 'their types exclude each other',
  surroundings: 'the texts place them differently',
  context: 'bare surnames without shared context',
} as const satisfies Record<NonNullable<DoubtfulMatch['against']>, string>

export async function listMatches(options: DecideOptions & { readonly limit: number }): Promise<void> {
  await atDesk(options, async ({ store, ontology }) => {
    let count = 0
    for await (const match of doubtfulMatches(store, ontology, options.collection)) {
      if (count === options.limit) break
      count++
      process.stdout.write(options.json ? `${JSON.stringify(match)}\n` : describe(match))
    }
    if (!options.json) process.stdout.write(`${count} doubtful matches${count === options.limit ? ' shown; see more with --limit' : ''}\n`)
  })
}

function describe({ verdict, entity, other, hint, against, score }: DoubtfulMatch): string {
  const why = verdict === 'joined' ? `joined (score ${(score ?? 0).toFixed(2)}): ${FOR[hint]}` : `left apart: ${FOR[hint]}, but ${AGAINST[against ?? 'conflict']}`
  const command = verdict === 'joined' ? 'split' : 'merge'
  return `${named(entity)}\n${named(other)}\n  ${why}\n  graphloom resolve ${command} ${entity.id} ${other.id}\n\n`
}

function named({ name, type, documents }: DoubtfulEntity): string {
  return `${name} (${type}, ${documents} document${documents === 1 ? '' : 's'})`
}
