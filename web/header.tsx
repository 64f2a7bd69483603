// The top of every page: where one can go, which collection, light or dark, the key.
import { useState } from 'preact/hooks'
import type { Route, View } from './route.ts'
import type { Collection } from './server/index.ts'
import { applyTheme, hrefIn, readTheme, type Theme } from './session/index.ts'

const PLACES: readonly { readonly view: View; readonly text: string; readonly views: readonly View[] }[] = [
  { view: 'search', text: 'Search', views: ['search', 'entity'] },
  { view: 'graph', text: 'Graph', views: ['graph'] },
  { view: 'review', text: 'Review', views: ['review', 'decisions'] },
  { view: 'documents', text: 'Documents', views: ['documents', 'document'] },
  { view: 'ingest', text: 'Add', views: ['ingest', 'jobs', 'job'] },
]

interface HeaderProps {
  readonly route: Route
  readonly collection: string
  readonly collections: readonly Collection[]
  readonly keyed: boolean
  readonly onForgetKey: () => void
}

export function Header({ route, collection, collections, keyed, onForgetKey }: HeaderProps) {
  const href = hrefIn(collection)
  const names = [...new Set([collection, ...collections.map(({ name }) => name)])].sort()
  return (
    <header class="top">
      <a class="brand" href={href('search')}><img src="/icon.svg" alt="" width="28" height="28" /> Graphloom</a>
      <nav aria-label="Main">
        {PLACES.map(({ view, text, views }) => <a key={view} href={href(view)} aria-current={views.includes(route.view) ? 'page' : undefined}>{text}</a>)}
      </nav>
      <div class="row">
        {names.length > 1 && (
          <label class="inline">
            <span class="unseen">Collection</span>
            <select value={collection} onChange={(event) => { location.hash = hrefIn(event.currentTarget.value)('search') }}>{names.map((name) => <option key={name}>{name}</option>)}</select>
          </label>
        )}
        <ThemeChoice />
        {keyed && <button type="button" class="quiet" onClick={onForgetKey}>Forget key</button>}
      </div>
    </header>
  )
}

const NEXT: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' }
const SIGNS: Readonly<Record<Theme, string>> = { auto: '◐', light: '☀', dark: '☾' }

function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(readTheme)
  return (
    <button type="button" class="quiet" aria-label={`Colours: ${theme === 'auto' ? 'as the system' : theme}`} title="Light, dark, or as the system" onClick={() => { setTheme(NEXT[theme]); applyTheme(NEXT[theme]) }}>
      <span aria-hidden="true">{SIGNS[theme]}</span>
    </button>
  )
}
