// The heading of a view: names the window, and takes the focus and the eye to the new view when someone goes there.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useSession } from '../session/index.ts'

export function Heading({ children }: { readonly children: ComponentChildren }) {
  const { moved } = useSession()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${heading.current?.textContent ?? ''} · Graphloom`
    if (!moved()) return
    scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [])
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>
}
