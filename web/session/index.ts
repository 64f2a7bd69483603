export { KeyForm } from './key.tsx'
export { type Theme, applyTheme, keepKey, keepShortcuts, readKey, readShortcuts, readTheme } from './preferences.ts'
export { DEFAULT_COLLECTION, type Session, SessionContext, hrefIn, useSession } from './session.ts'
