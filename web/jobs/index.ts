export { JobPage } from './job-page.tsx'
export { JobsPage } from './jobs-page.tsx'
export { Upload } from './upload.tsx'
