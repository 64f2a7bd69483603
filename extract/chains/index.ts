export type { Chain, Link } from './chain.ts'
