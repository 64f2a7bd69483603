// URLs and mail addresses of a sentence.
import type { Span } from '../../../ingest/index.ts'
import type { LiteralSpan } from './literal.ts'

const URL_PATTERN = /(?<![\w@])(?:https?:\/\/|www\.)[^\s<>"'“”]+[^\s<>"'“”.,;:!?)\]}]/giu
const MAIL_PATTERN = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w-])/gu

/** Web addresses as they stand (`www.` completed) and mail addresses as `mailto:`. */
export function findLinks(text: string, sentence: Span): LiteralSpan[] {
  const part = text.slice(sentence.start, sentence.end)
  if (!/:\/\/|www\.|@/iu.test(part)) return []
  const at = (match: RegExpExecArray, value: string): LiteralSpan =>
    ({ kind: 'url', value, start: sentence.start + match.index, end: sentence.start + match.index + match[0].length })
  return [
    ...[...part.matchAll(URL_PATTERN)].map(match => at(match, /^www\./iu.test(match[0]) ? `http://${match[0]}` : match[0])),
    ...[...part.matchAll(MAIL_PATTERN)].map(match => at(match, `mailto:${match[0].toLowerCase()}`)),
  ].sort((a, b) => a.start - b.start)
}
