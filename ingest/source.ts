// What can be read: a name and a way to its bytes. The listing of paths, globs and archives stands in sources/.

/** A file, an archive member or standard input; opened at most once, before the next one is asked for. */
export interface Source {
  /** Path relative to the ingested root, `/`-separated; archive members as `archive.zip!/member`. */
  readonly uri: string
  /** The file that holds exactly these bytes; absent for archive members and standard input. */
  readonly path?: string
  /** Its bytes in pieces; throws `GraphloomError` where they cannot be read or must not be. */
  open(): AsyncIterable<Uint8Array>
}
