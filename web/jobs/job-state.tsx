// The state of a job in a word.
import type { Job } from '../server/index.ts'

const WORDS: Readonly<Record<Job['state'], { readonly word: string; readonly status: string }>> = {
  waiting: { word: 'waiting', status: 'review' }, active: { word: 'reading', status: 'review' }, done: { word: 'done', status: 'accepted' },
  failed: { word: 'failed', status: 'rejected' }, cancelled: { word: 'cancelled', status: 'rejected' },
}

export const JobState = ({ state }: Pick<Job, 'state'>) => <span class={`badge status ${WORDS[state].status}`}>{WORDS[state].word}</span>
