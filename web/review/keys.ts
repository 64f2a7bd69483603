// Single keys -> actions, while no field and no dialog has the focus.
import { useEffect, useRef } from 'preact/hooks'

export const KEYS = [
  { key: 'j', action: 'next', words: 'next fact' },
  { key: 'k', action: 'previous', words: 'previous fact' },
  { key: 'a', action: 'accept', words: 'accept' },
  { key: 'r', action: 'reject', words: 'reject' },
  { key: 'c', action: 'correct', words: 'correct the relation' },
  { key: 'm', action: 'merge', words: 'merge an end with another entity' },
  { key: 's', action: 'split', words: 'split an end' },
  { key: 'u', action: 'undo', words: 'undo the last decision' },
  { key: 'p', action: 'passage', words: 'show or hide the passage' },
  { key: '?', action: 'help', words: 'show these keys' },
] as const

export type Action = (typeof KEYS)[number]['action']

const ARROWS: Readonly<Record<string, Action>> = { ArrowDown: 'next', ArrowUp: 'previous' }

/** Calls `act` with the action of a pressed key. */
export function useKeys(on: boolean, act: (action: Action) => void): void {
  const current = useRef({ on, act })
  current.current = { on, act }
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!current.current.on || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      if (!(event.target instanceof Element) || event.target.closest('input, select, textarea, dialog, [contenteditable]')) return
      const action = KEYS.find(({ key }) => key === event.key.toLowerCase())?.action ?? ARROWS[event.key]
      if (action === undefined) return
      event.preventDefault()
      current.current.act(action)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
