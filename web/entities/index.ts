export { EntityPage } from './entity-page.tsx'
