export { type InProcessOptions, openInProcessJobs, type RunState } from './memory.ts'
