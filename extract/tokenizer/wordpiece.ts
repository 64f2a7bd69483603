// tokenizer.json (BERT WordPiece) -> Tokenizer: greedy longest pieces, with offsets into the original text.
import { readFile } from 'node:fs/promises'
import { GraphloomError } from '../../errors.ts'
import { type BasicOptions, splitWords, type Word } from './basic.ts'
import type { Pieces, Tokenizer } from './tokenizer.ts'

interface TokenizerFile {
  readonly normalizer?: { readonly type?: string; readonly lowercase?: boolean; readonly strip_accents?: boolean | null }
  readonly model?: {
    readonly type?: string
    readonly unk_token?: string
    readonly continuing_subword_prefix?: string
    readonly max_input_chars_per_word?: number
    readonly vocab?: Readonly<Record<string, number>>
  }
}

/** Cached words; far more than a document has, and bounded so that hostile text cannot fill the memory. */
const CACHE_LIMIT = 65_536

/** Reads a `tokenizer.json`; any other model than BERT's WordPiece is refused. */
export async function loadTokenizer(path: string): Promise<Tokenizer> {
  let file: TokenizerFile
  try {
    file = JSON.parse(await readFile(path, 'utf8')) as TokenizerFile
  } catch (cause) {
    throw new GraphloomError('model.missing', `No readable tokenizer at ${path}; expected the tokenizer.json of the model bundle.`, { cause })
  }
  return createTokenizer(file)
}

/** Makes a tokenizer from the content of a `tokenizer.json`. */
export function createTokenizer(file: TokenizerFile): Tokenizer {
  const { model, normalizer } = file
  if (model?.type !== 'WordPiece' || normalizer?.type !== 'BertNormalizer' || !model.vocab) {
    throw new GraphloomError('model.tokenizer', `The tokenizer is ${model?.type ?? 'unknown'} with ${normalizer?.type ?? 'no'} normalizer; expected WordPiece with BertNormalizer.`)
  }
  const vocabulary = new Map(Object.entries(model.vocab))
  const id = (piece: string): number => {
    const found = vocabulary.get(piece)
    if (found === undefined) throw new GraphloomError('model.tokenizer', `The vocabulary lacks ${piece}.`)
    return found
  }
  const lowercase = normalizer.lowercase ?? true
  const options: BasicOptions = { lowercase, stripAccents: normalizer.strip_accents ?? lowercase }
  const unknownId = id(model.unk_token ?? '[UNK]')
  const pieceWord = cached(greedy(vocabulary, model.continuing_subword_prefix ?? '##', model.max_input_chars_per_word ?? 100))
  return { startId: id('[CLS]'), endId: id('[SEP]'), unknownId, tokenize: (text) => tokenize(splitWords(text, options), pieceWord, unknownId) }
}

/** Ids and cuts of a word: piece k is `word.slice(cuts[k], cuts[k + 1])`; undefined = unknown. */
interface WordPieces {
  readonly ids: readonly number[]
  readonly cuts: readonly number[]
}
type PieceWord = (word: string) => WordPieces | undefined

function greedy(vocabulary: ReadonlyMap<string, number>, prefix: string, longest: number): PieceWord {
  return (word) => {
    // The limit counts code points.
    if (word.length > longest && [...word].length > longest) return undefined
    const ids: number[] = []
    const cuts = [0]
    for (let start = 0; start < word.length;) {
      let end = word.length
      let found: number | undefined
      for (; end > start; end -= 1) {
        found = vocabulary.get(start === 0 ? word.slice(0, end) : prefix + word.slice(start, end))
        if (found !== undefined) break
      }
      if (found === undefined) return undefined
      ids.push(found)
      cuts.push(end)
      start = end
    }
    return { ids, cuts }
  }
}

function cached(pieceWord: PieceWord): PieceWord {
  const cache = new Map<string, WordPieces | undefined>()
  return (word) => {
    if (cache.has(word)) return cache.get(word)
    const pieces = pieceWord(word)
    if (cache.size >= CACHE_LIMIT) cache.clear()
    cache.set(word, pieces)
    return pieces
  }
}

function tokenize(words: readonly Word[], pieceWord: PieceWord, unknownId: number): Pieces {
  const ids: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  for (const word of words) {
    const pieces = pieceWord(word.text)
    if (!pieces) {
      ids.push(unknownId)
      starts.push(word.start)
      ends.push(word.end)
      continue
    }
    pieces.ids.forEach((piece, k) => {
      const [from, to] = [pieces.cuts[k]!, pieces.cuts[k + 1]!]
      ids.push(piece)
      starts.push(word.places ? word.places[from]![0] : word.start + from)
      ends.push(word.places ? word.places[to - 1]![1] : word.start + to)
    })
  }
  return { ids: Int32Array.from(ids), starts: Int32Array.from(starts), ends: Int32Array.from(ends) }
}
