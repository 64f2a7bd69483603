// Asks for the API key when the server wants one.
import { useLayoutEffect, useRef } from 'preact/hooks'

/** A form that hands the key over; nothing is kept here. */
export function KeyForm({ refused, onKey }: { readonly refused: boolean; readonly onKey: (key: string) => void }) {
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  return (
    <form
      class="panel narrow stack"
      onSubmit={(event) => {
        event.preventDefault()
        const key = field.current?.value.trim()
        if (key) onKey(key)
      }}
    >
      <h1 tabIndex={-1}>This server wants a key</h1>
      {refused && <p class="problem" role="alert">The server does not know this key, or it has been taken back. Check it and try again.</p>}
      <label class="field">
        <span>API key</span>
        <input ref={field} type="password" name="key" autocomplete="off" required aria-describedby="key-hint" />
      </label>
      <p id="key-hint" class="muted">It is kept in this window only, and forgotten when you close it.</p>
      <div><button type="submit" class="primary">Use this key</button></div>
    </form>
  )
}
