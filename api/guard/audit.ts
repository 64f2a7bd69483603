// Who changed what, when, and how it ended: one JSON object a line, appended. Texts and secrets are not in it.
import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface AuditEntry {
  readonly time: string
  readonly request: string
  readonly address: string
  /** Id and name of the key. */
  readonly key: string
  readonly name: string
  readonly role: string
  readonly method: string
  readonly path: string
  readonly collection?: string
  readonly params?: Readonly<Record<string, string>>
  /** What was decided or asked, where the route says that it belongs here. */
  readonly body?: unknown
  readonly status: number
  readonly code?: string
}

export interface Audit {
  write(entry: AuditEntry): Promise<void>
}

/** Appends to a file, made readable by its owner alone. */
export function openAudit(file: string): Audit {
  const ready = mkdir(dirname(file), { recursive: true })
  return {
    async write(entry) {
      await ready
      await appendFile(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 })
    },
  }
}
