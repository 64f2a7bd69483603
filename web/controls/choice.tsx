// A field with a list below it (the ARIA combobox pattern): type to narrow, arrows to move, Enter to take.
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'

export interface Option {
  readonly key: string
  readonly text: string
  readonly detail?: ComponentChildren
}

interface ChoiceProps<Item extends Option> {
  readonly label: string
  readonly options: readonly Item[]
  readonly onChoose: (option: Item) => void
  /** The options are looked up elsewhere; without it they are narrowed here. */
  readonly onType?: (text: string) => void
  /** The options are still those of what was typed before: Enter takes none of them. */
  readonly busy?: boolean
  readonly empty: string
}

export function Choice<Item extends Option>({ label, options, onChoose, onType, busy = false, empty }: ChoiceProps<Item>) {
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  // Before the next key: what is typed at once belongs to the field.
  useLayoutEffect(() => field.current?.focus(), [])
  const words = text.toLowerCase().split(/\s+/u)
  const shown = onType ? options : options.filter((option) => words.every((word) => option.text.toLowerCase().includes(word)))
  const index = Math.min(active, shown.length - 1)
  useEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [index])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setActive(Math.max(0, Math.min(shown.length - 1, index + step)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const option = shown[index]
      if (option && !busy) onChoose(option)
    }
  }
  return (
    <div class="choice">
      <label class="field">
        <span>{label}</span>
        <input
          ref={field} type="text" autofocus role="combobox" autocomplete="off" aria-expanded="true" aria-controls={`${id}-list`} aria-autocomplete="list"
          aria-activedescendant={shown[index] ? `${id}-${index}` : undefined} value={text} onKeyDown={onKeyDown}
          onInput={(event) => { setText(event.currentTarget.value); setActive(0); onType?.(event.currentTarget.value) }}
        />
      </label>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={label} aria-busy={busy} class="options">
        {shown.map((option, position) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and takes the keys.
          <div key={option.key} id={`${id}-${position}`} role="option" tabIndex={-1} aria-selected={position === index} onClick={() => onChoose(option)}>
            <span>{option.text}</span>
            {option.detail !== undefined && <span class="muted">{option.detail}</span>}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p class="muted" role="status">{empty}</p>}
    </div>
  )
}
