// What every view knows: the server under the user's key and collection, the ontology's words, and a voice for screen readers.
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Vocabulary } from '../ontology/index.ts'
import { formatRoute, type View } from '../route.ts'
import type { Server } from '../server/index.ts'

export interface Session {
  readonly server: Server
  readonly vocabulary: Vocabulary
  /** Address of a view in this collection. */
  href(view: View, id?: string, query?: Readonly<Record<string, string | undefined>>): string
  /** Fetches collections and ontology anew: the first upload brings them. */
  renew(): void
  /** Whether someone went from one view to another since the page was loaded. */
  moved(): boolean
  /** Says it in the live region, and shows it for a moment. */
  announce(text: string): void
}

export const SessionContext = createContext<Session | undefined>(undefined)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('A view is shown outside of a session.')
  return session
}

export const DEFAULT_COLLECTION = 'default'

/** Addresses that stay in the collection: `in` is left out for the default one. */
export const hrefIn = (collection: string): Session['href'] => (view, id, query = {}) =>
  formatRoute({ view, ...(id === undefined ? {} : { id }), query: { ...query, in: collection === DEFAULT_COLLECTION ? undefined : collection } })
