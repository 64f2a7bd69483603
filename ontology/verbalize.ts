// Relation or type -> the text that stands for it before any example is known: what the encoder reads to make a prototype.
import { LITERAL_KINDS, type EntityType, type Relation } from './ontology.ts'

/** `employed by; works for; joined. The person works, or worked, for the organization.` */
export function verbalize(relation: Relation): string {
  const names = [...new Set([relation.label, ...relation.aliases])].join('; ')
  const { head, tail } = endWords(relation)
  if (relation.description === '') return `${names}. The ${head} is ${relation.label} the ${tail}.`
  const description = relation.description
    // "the head, a person," already says the type; once is enough.
    .replace(/\b(the) (head|tail), an? [^,.;]+(,|(?=[.;]))/gi, '$1 $2')
    // "The head of state" is an office, not the head of the relation.
    .replace(/\b(the) head\b(?! of\b)/gi, `$1 ${head}`)
    .replace(/\b(the) tail\b/gi, `$1 ${tail}`)
  return `${names}. ${description}`
}

/** `company: A business.` */
export function verbalizeType({ name, description }: EntityType): string {
  return description === '' ? wordsOf(name) : `${wordsOf(name)}: ${description}`
}

/** `EMPLOYED_BY` and `employedBy` both read "employed by". */
export function labelOf(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/_+/g, ' ').trim().toLowerCase()
}

function endWords({ domain, range }: Relation): { readonly head: string; readonly tail: string } {
  const head = domain.map(wordsOf).join(' or ')
  const tail = range.map(wordsOf).join(' or ')
  return { head, tail: head === tail ? `other ${tail}` : tail }
}

/** `DataStore` and `data_store` both read "data store"; acronyms stay. */
function wordsOf(name: string): string {
  if ((LITERAL_KINDS as readonly string[]).includes(name)) return name === 'string' ? 'text' : name
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2').split(/[\s_]+/)
  return words.filter((word) => word !== '').map((word) => (/^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase())).join(' ')
}
