// Invented documents with what was extracted from them, for measuring the stores: names are as unevenly spread as in real collections,
// so a few entities stand in a large part of all documents and most in one or two.
import type { CommittedDocument } from '../graph/index.ts'
import { company, date, documentOf, person, place, type Statement, type Thing } from '../tests/graph/documents.ts'

const GIVEN = ['Maria', 'James', 'Emma', 'David', 'Laura', 'Peter', 'Susan', 'Thomas', 'Anna', 'George', 'Yusuf', 'Chiara', 'Ingrid', 'Pavel', 'Amara', 'Kenji', 'Lucia', 'Omar', 'Freya', 'Rahul']
const SYLLABLES = ['bor', 'ta', 'quil', 'van', 'mer', 'sol', 'os', 'pel', 'kes', 'lu', 'ri', 'no', 'dra', 'fen', 'gal', 'hus', 'im', 'jor', 'kil', 'lan']
const KINDS = ['Corp', 'Ltd', 'GmbH', 'Group', 'Works', 'Partners']

/** Numbers in [0, 1) that are the same in every run. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const word = (n: number): string => {
  const text = `${SYLLABLES[n % 20]}${SYLLABLES[Math.floor(n / 20) % 20]}${n >= 400 ? SYLLABLES[Math.floor(n / 400) % 20] : ''}`
  return `${text[0]?.toUpperCase()}${text.slice(1)}`
}

/** Rank below `size`, where rank r is about as frequent as 1 / (r + 1). */
const ranked = (random: () => number, size: number): number => Math.floor(size ** random()) - 1

function personOf(n: number, surname: boolean): Thing {
  const family = word(n * 7 + 3)
  return surname ? person(family) : person(`${GIVEN[n % GIVEN.length]} ${family}`, n % 9 === 0 ? { aliases: [family] } : {})
}

const companyOf = (n: number): Thing => company(`${word(n * 3 + 1)} ${word(n)} ${KINDS[n % KINDS.length]}`, n % 5 === 0 ? { aliases: [`${word(n * 3 + 1)} ${word(n)}`] } : {})

/** Document `index` of the world: eight statements between people, companies, places and dates. */
export function documentAt(index: number, collection: string): CommittedDocument {
  const random = numbers(index + 1)
  const statements = Array.from({ length: 8 }, (_, n): Statement => {
    const head = companyOf(ranked(random, 20_000))
    const who = personOf(ranked(random, 30_000), random() < 0.1)
    const score = 0.6 + Math.floor(random() * 40) / 100
    const status = score < 0.75 ? 'review' : 'accepted'
    if (n % 4 === 0) return { head: who, relation: 'EMPLOYED_BY', tail: head, score, status }
    if (n % 4 === 1) return { head: who, relation: 'BORN_IN', tail: place(word(ranked(random, 2_000))), score, status }
    if (n % 4 === 2) return { head, relation: 'FOUNDED_ON', tail: date(String(1850 + Math.floor(random() * 170))), score, status }
    return { head: personOf(ranked(random, 30_000), false), relation: 'SPOUSE', tail: who, score, status }
  })
  return documentOf(`world/${index}.txt`, statements, { collection, stamp: 'bench' })
}
