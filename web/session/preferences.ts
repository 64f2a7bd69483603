// What the browser keeps for the user: the key until the window closes, the rest until it is cleared.

export type Theme = 'auto' | 'light' | 'dark'

const KEY = 'graphloom.key'

export const readKey = (): string | undefined => sessionStorage.getItem(KEY) ?? undefined

export function keepKey(key: string | undefined): void {
  if (key === undefined) sessionStorage.removeItem(KEY)
  else sessionStorage.setItem(KEY, key)
}

export function readTheme(): Theme {
  const kept = localStorage.getItem('graphloom.theme')
  return kept === 'light' || kept === 'dark' ? kept : 'auto'
}

/** Keeps the theme and shows it. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem('graphloom.theme', theme)
  if (theme === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

/** Single-key shortcuts can be switched off: they get in the way of speech input. */
export const readShortcuts = (): boolean => localStorage.getItem('graphloom.shortcuts') !== 'off'
export const keepShortcuts = (on: boolean): void => localStorage.setItem('graphloom.shortcuts', on ? 'on' : 'off')
