// Name -> normal form: what two writings of one name have in common (case, accents, punctuation, legal suffix, leading article).

const LEGAL_SUFFIXES = new Set([
  'inc', 'incorporated', 'corp', 'corporation', 'co', 'company', 'ltd', 'limited', 'llc', 'llp', 'lp', 'plc', 'gmbh', 'ag', 'kg', 'kgaa', 'ohg', 'ug', 'ev',
  'sa', 'sas', 'sarl', 'srl', 'spa', 'sl', 'nv', 'bv', 'ab', 'oy', 'oyj', 'asa', 'aps', 'pty', 'pte', 'se', 'kk',
])
const HONORIFICS = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'professor', 'sir'])
const ACRONYM_SKIPS = new Set(['of', 'the', 'and', 'for', 'in', 'on', 'at', 'to', 'de', 'la', 'le', 'du', 'des', 'der', 'die', 'das', 'und', 'et'])

/** Normal form of `name`, words separated by one space; never empty unless `name` is blank. */
export function normalForm(name: string, person = false): string {
  const words = joinInitials(split(name))
  const kept = person ? dropLeading(words, HONORIFICS) : dropLegal(dropLeading(words, new Set(['the'])))
  return kept.length > 0 ? kept.join(' ') : name.trim().toLowerCase()
}

/** Does one form consist of some of the other's words only, as a surname does of a full name? Equal forms do not count. */
export function isPartial(a: string, b: string): boolean {
  if (a === b) return false
  const left = new Set(a.split(' '))
  const right = new Set(b.split(' '))
  const [small, large] = left.size <= right.size ? [left, right] : [right, left]
  return [...small].every((word) => large.has(word))
}

/** Acronyms that a form of three or more words may have, with and without its small words; sorted. */
export function acronyms(form: string): readonly string[] {
  const words = form.split(' ')
  if (words.length < 3) return []
  const initials = (list: readonly string[]): string => list.map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0)).join('')
  const found = new Set([initials(words), initials(words.filter((word) => !ACRONYM_SKIPS.has(word)))])
  return [...found].filter((acronym) => /^\p{L}{3,7}$/u.test(acronym)).sort()
}

/** Is `name`, as written, an acronym: three to seven letters, most of them capitals? */
export function isAcronym(name: string, form: string): boolean {
  if (!/^\p{L}{3,7}$/u.test(form) || !/^\p{Lu}/u.test(name)) return false
  const capitals = name.match(/\p{Lu}/gu)?.length ?? 0
  return capitals >= 2 && capitals * 2 > form.length
}

function split(name: string): readonly string[] {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’`´]s(?![\p{L}\p{N}])/gu, '')
    .replace(/['’`´]/g, '')
    .replace(/(?<=^|[^\p{L}\p{N}])((?:\p{L}\.)+)/gu, (dotted) => dotted.replaceAll('.', '') + ' ')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => word.length > 0)
}

/** "j k rowling" and "jk rowling" are one: runs of single letters are written together. */
function joinInitials(words: readonly string[]): readonly string[] {
  const joined: string[] = []
  let run = false
  for (const word of words) {
    const single = /^\p{L}$/u.test(word)
    if (single && run) joined[joined.length - 1] += word
    else joined.push(word)
    run = single
  }
  return joined
}

function dropLeading(words: readonly string[], dropped: ReadonlySet<string>): readonly string[] {
  let from = 0
  while (from < words.length - 1 && dropped.has(words[from] ?? '')) from += 1
  return words.slice(from)
}

function dropLegal(words: readonly string[]): readonly string[] {
  let to = words.length
  while (to > 1 && LEGAL_SUFFIXES.has(words[to - 1] ?? '')) {
    to -= 1
    if (to > 1 && words[to - 1] === 'and') to -= 1 // GmbH & Co. KG
  }
  return words.slice(0, to)
}
