export { createReader } from './answer.ts'
