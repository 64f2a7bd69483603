// A byte stream -> its lines, in flat memory: a line beyond the bound is passed over and only its length is told.

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

export interface ByteLine {
  /** From 1. */
  readonly number: number
  /** Byte at which it begins. */
  readonly start: number
  /** Without its line end; absent when the line is too long. */
  readonly bytes?: Uint8Array
  readonly length: number
}

/** All lines of the stream, blank ones included, except an empty one at the end. */
export async function* splitLines(pieces: AsyncIterable<Uint8Array>, most: number): AsyncIterable<ByteLine> {
  let held: Uint8Array[] = []
  let length = 0
  let number = 1
  let start = 0
  const finish = (): ByteLine => {
    const line = length > most ? { number, start, length } : lineOf(number, start, held, length)
    held = []
    start += length + 1
    length = 0
    number++
    return line
  }
  const hold = (part: Uint8Array): void => {
    length += part.length
    if (length > most) held = []
    else if (part.length > 0) held.push(part)
  }
  for await (const piece of pieces) {
    let from = 0
    for (let feed = piece.indexOf(LINE_FEED); feed >= 0; feed = piece.indexOf(LINE_FEED, from)) {
      hold(piece.subarray(from, feed))
      yield finish()
      from = feed + 1
    }
    hold(piece.subarray(from))
  }
  if (length > 0) yield finish()
}

function lineOf(number: number, start: number, parts: readonly Uint8Array[], length: number): ByteLine {
  const whole = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  const bytes = whole.at(-1) === CARRIAGE_RETURN ? whole.subarray(0, -1) : whole
  return { number, start, bytes, length }
}
