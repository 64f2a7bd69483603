// Invented records of about 1,000 characters, for measuring the pipeline: prose with names, dates, pronouns and no end of filler.
const PEOPLE = ['Maria Keller', 'James Porter', 'Emma Clarke', 'David Miller', 'Laura Bennett', 'Peter Walsh', 'Susan Howard', 'Thomas Reed', 'Anna Fischer', 'George Hill', 'Yusuf Demir', 'Chiara Rossi']
const COMPANIES = ['Borealis Corp', 'Tamarind Ltd', 'Quillon GmbH', 'Vantor Inc', 'Merrow Ltd', 'Solvex Corp', 'Ostara GmbH', 'Pelican Inc', 'Kestrel Group', 'Lumen Works']
const CITIES = ['London', 'Paris', 'Madrid', 'Vienna', 'Berlin', 'Oslo', 'Rome', 'Lisbon', 'Prague']
const SENTENCES: readonly ((i: number) => string)[] = [
  (i) => `${pick(PEOPLE, i)} joined ${pick(COMPANIES, i)} in ${1950 + (i % 70)} after several years abroad.`,
  (i) => `The board of ${pick(COMPANIES, i + 3)}, which is headquartered in ${pick(CITIES, i)}, met twice that spring.`,
  (i) => `She had grown up in ${pick(CITIES, i + 2)} and studied chemistry there before she moved.`,
  (i) => `${pick(COMPANIES, i + 5)} was founded in ${1900 + (i % 100)} by ${pick(PEOPLE, i + 4)} and two of his friends.`,
  (i) => `According to the annual report, sales rose by ${3 + (i % 20)} percent to ${i % 90} million euros.`,
  (i) => `${pick(PEOPLE, i + 7)} denied that ${pick(COMPANIES, i + 1)} would be sold to ${pick(COMPANIES, i + 2)}.`,
  () => 'The weather was mild, the papers were signed without haste, and nothing else of note was decided that afternoon.',
]
const pick = (list: readonly string[], i: number) => list[i % list.length] as string

export function record(i: number): { id: string; text: string } {
  let text = ''
  for (let n = 0; text.length < 930; n++) text += `${text ? ' ' : ''}${SENTENCES[(i + n) % SENTENCES.length]?.(i * 13 + n * 7)}`
  return { id: String(i), text }
}
