// Address <-> view. The hash carries it, so that any static server serves every address with one file.

export type View = 'search' | 'entity' | 'review' | 'decisions' | 'graph' | 'ingest' | 'jobs' | 'job' | 'documents' | 'document'

export interface Route {
  readonly view: View
  /** Of an entity, a job or a document. */
  readonly id?: string
  readonly query: Readonly<Record<string, string>>
}

const WITH_ID: Readonly<Partial<Record<View, true>>> = { entity: true, job: true, document: true }
const VIEWS: readonly string[] = ['search', 'entity', 'review', 'decisions', 'graph', 'ingest', 'jobs', 'job', 'documents', 'document'] satisfies readonly View[]
const isView = (name: string): name is View => VIEWS.includes(name)

/** The view of `#/VIEW/ID?NAME=VALUE`; the search where it names none. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/u, '').split(/\?(.*)/su)
  const [name = '', ...rest] = path.split('/')
  const query = Object.fromEntries(new URLSearchParams(search))
  const id = decode(rest.join('/'))
  if (!isView(name) || (WITH_ID[name] === true) !== (id !== '')) return { view: 'search', query }
  return { view: name, ...(id === '' ? {} : { id }), query }
}

/** The address of a view, as an `href`; empty values are left out. */
export function formatRoute({ view, id, query = {} }: { readonly view: View; readonly id?: string; readonly query?: Readonly<Record<string, string | undefined>> }): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')
  const search = new URLSearchParams(given).toString()
  return `#/${view}${id === undefined ? '' : `/${encodeURIComponent(id)}`}${search === '' ? '' : `?${search}`}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a stray % typed by hand
  }
}
