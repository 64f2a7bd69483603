// The page: session, header, the view that the address names, and the voice of what happens.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Problem, useLoad, Waiting } from './controls/index.ts'
import { DocumentPage, DocumentsPage } from './documents/index.ts'
import { EntityPage } from './entities/index.ts'
import { Header } from './header.tsx'
import { JobPage, JobsPage, Upload } from './jobs/index.ts'
import { vocabularyOf } from './ontology/index.ts'
import { DecisionsPage, Review } from './review/index.ts'
import { parseRoute, type Route } from './route.ts'
import { Search } from './search/index.ts'
import { connect } from './server/index.ts'
import { applyTheme, DEFAULT_COLLECTION, hrefIn, keepKey, KeyForm, readKey, readTheme, type Session, SessionContext } from './session/index.ts'

export function App() {
  const [route, moved] = useRoute()
  const collection = route.query['in'] ?? DEFAULT_COLLECTION
  const [key, setKey] = useState(readKey)
  const [locked, setLocked] = useState(false)
  const [said, announce] = useAnnouncement()
  useEffect(() => applyTheme(readTheme()), [])
  const server = useMemo(() => connect({ key, collection, onUnauthorized: () => setLocked(true) }), [key, collection])
  const { value, problem, reload } = useLoad(`${key ?? ''}\n${collection}`, async () => ({ collections: await server.collections(), vocabulary: vocabularyOf(await server.ontology()), server }))
  const session = useMemo<Session | undefined>(() => value && { server: value.server, vocabulary: value.vocabulary, href: hrefIn(value.server.collection), announce, moved, renew: reload }, [value, announce, moved, reload])
  const useThisKey = (given: string | undefined) => { keepKey(given); setKey(given); setLocked(false); reload() }
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>Skip to the content</button>
      <Header route={route} collection={collection} collections={value?.collections ?? []} keyed={key !== undefined && !locked} onForgetKey={() => useThisKey(undefined)} />
      <main id="main" tabIndex={-1}>
        {locked ? <KeyForm refused={key !== undefined} onKey={useThisKey} />
          : problem !== undefined ? <><h1>Graphloom</h1><Problem text={problem} onRetry={reload} /></>
            : session?.server === server ? <SessionContext.Provider value={session}><Shown route={route} /></SessionContext.Provider> : <Waiting />}
      </main>
      <div class={`said ${said === '' ? '' : 'shown'}`} aria-live="polite">{said}</div>
    </>
  )
}

function Shown({ route: { view, id = '', query } }: { readonly route: Route }) {
  const { q, type, at, entity } = query
  if (view === 'entity') return <EntityPage key={id} id={id} />
  if (view === 'review') return <Review />
  if (view === 'decisions') return <DecisionsPage />
  if (view === 'graph') return <LateGraph {...(entity === undefined ? {} : { entity })} />
  if (view === 'ingest') return <Upload />
  if (view === 'jobs') return <JobsPage />
  if (view === 'job') return <JobPage key={id} id={id} />
  if (view === 'documents') return <DocumentsPage />
  if (view === 'document') return <DocumentPage key={id} id={id} {...(at === undefined ? {} : { at })} />
  return <Search {...(q === undefined ? {} : { q })} {...(type === undefined ? {} : { type })} />
}

/** The drawing is most of the code: it is fetched by those who look at it. */
function LateGraph(props: { readonly entity?: string }) {
  const { value, problem } = useLoad('graph', () => import('./graph/index.ts'))
  if (problem !== undefined) return <Problem text={problem} />
  return value ? <value.GraphPage {...props} /> : <Waiting />
}

function useRoute(): readonly [Route, () => boolean] {
  const [route, setRoute] = useState(() => parseRoute(location.hash))
  const changes = useRef(0)
  useEffect(() => {
    const read = () => {
      changes.current++
      setRoute(parseRoute(location.hash))
    }
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  return [route, useCallback(() => changes.current > 0, [])]
}

/** What was said last, for a while. */
function useAnnouncement(): readonly [string, (text: string) => void] {
  const [said, setSaid] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const announce = useCallback((text: string) => {
    setSaid(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setSaid(''), 6000)
  }, [])
  return [said, announce]
}
