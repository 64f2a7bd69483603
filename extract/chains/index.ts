export type { Chain, Link } from './chain.ts'
export { linkChains } from './link.ts'
