// Hooks that ask the server and drop answers nobody waits for any more.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { explain, type Page } from '../server/index.ts'

export interface Loaded<Value> {
  readonly value?: Value
  readonly problem?: string
  readonly loading: boolean
  reload(): void
}

/** Loads when `key` changes; the last value stays while the next is on its way. */
export function useLoad<Value>(key: string, load: (signal: AbortSignal) => Promise<Value>): Loaded<Value> {
  const [state, setState] = useState<{ readonly key: string; readonly value?: Value; readonly problem?: string }>()
  const [turn, setTurn] = useState(0)
  const current = useRef(load)
  current.current = load
  useEffect(() => {
    const control = new AbortController()
    current.current(control.signal).then(
      (value) => control.signal.aborted || setState({ key, value }),
      (error: unknown) => control.signal.aborted || setState({ key, problem: explain(error) ?? 'The request was given up.' }),
    )
    return () => control.abort()
  }, [key, turn])
  const { value, problem } = state ?? {}
  return { ...(value === undefined ? {} : { value }), ...(problem === undefined ? {} : { problem }), loading: state?.key !== key, reload: useCallback(() => setTurn((before) => before + 1), []) }
}

export interface LoadedPages<Item> {
  readonly items: readonly Item[]
  readonly more: boolean
  readonly loading: boolean
  readonly problem?: string
  loadMore(): void
  reload(): void
}

/** A list page by page: the first when `key` changes, a further one when asked. */
export function usePages<Item>(key: string, load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>): LoadedPages<Item> {
  const [cursors, setCursors] = useState<{ readonly key: string; readonly cursor?: string }>({ key })
  const [before, setBefore] = useState<{ readonly key: string; readonly items: readonly Item[] }>({ key, items: [] })
  const cursor = cursors.key === key ? cursors.cursor : undefined
  const { value, problem, loading, reload } = useLoad(`${key}\n${cursor ?? ''}`, async (signal) => ({ key, cursor, page: await load(cursor, signal) }))
  const kept = before.key === key ? before.items : []
  // The page of a former key is shown until the first page of this one is there.
  const items = value === undefined ? [] : value.key === key && value.cursor === cursor ? [...kept, ...value.page.items] : value.key === key ? kept : value.page.items
  const next = value?.key === key && value.cursor === cursor ? value.page.next : undefined
  return {
    items,
    more: next !== undefined,
    loading,
    ...(problem === undefined ? {} : { problem }),
    loadMore() {
      if (next === undefined || loading) return
      setBefore({ key, items })
      setCursors({ key, cursor: next })
    },
    reload() {
      setBefore({ key, items: [] })
      setCursors({ key })
      reload()
    },
  }
}
