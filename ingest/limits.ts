// How much one source may ask of the machine; everything beyond is a failed document with its reason.

export interface ReadLimits {
  /** Most bytes of a file that must be held whole (text, HTML, PDF, DOCX). */
  readonly fileBytes: number
  /** Most bytes of one JSON line or CSV row. */
  readonly lineBytes: number
  /** Most entries of one outer archive, nested archives included. */
  readonly archiveEntries: number
  /** Most unpacked bytes of one outer archive, nested archives included. */
  readonly archiveBytes: number
  /** Most unpacked bytes for one packed byte, looked at beyond the first MiB. */
  readonly archiveRatio: number
  /** Most archives inside one another; 1 = no nesting. */
  readonly archiveDepth: number
}

export const DEFAULT_LIMITS: ReadLimits = {
  fileBytes: 256 * 2 ** 20,
  lineBytes: 32 * 2 ** 20,
  archiveEntries: 100_000,
  archiveBytes: 8 * 2 ** 30,
  archiveRatio: 200,
  archiveDepth: 3,
}
