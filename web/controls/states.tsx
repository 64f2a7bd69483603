// What stands in the place of a list: waiting, a failure, nothing; and the way to more of it.
import type { ComponentChildren } from 'preact'
import type { LoadedPages } from './load.ts'

export const Waiting = ({ what = 'Loading' }: { readonly what?: string }) => <p class="muted waiting" role="status">{what} …</p>

export function Problem({ text, onRetry }: { readonly text: string; readonly onRetry?: () => void }) {
  return (
    <div class="problem" role="alert">
      <p>{text}</p>
      {onRetry && <button type="button" onClick={onRetry}>Try again</button>}
    </div>
  )
}

export const Nothing = ({ children }: { readonly children: ComponentChildren }) => <div class="nothing">{children}</div>

/** States of a list that is loaded page by page, in its place. */
export function ListEnd<Item>({ pages, children }: { readonly pages: LoadedPages<Item>; readonly children?: ComponentChildren }) {
  const { items, more, loading, problem } = pages
  if (problem !== undefined) return <Problem text={problem} onRetry={pages.reload} />
  if (items.length === 0) return loading ? <Waiting /> : <Nothing>{children}</Nothing>
  if (!more && !loading) return null
  return <p><button type="button" disabled={loading} onClick={pages.loadMore}>{loading ? 'Loading …' : 'Show more'}</button></p>
}
