// A bundle's folder -> its checked parts: manifest, ONNX file, tokenizer, head; every file must have the hash that the manifest states.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GraphloomError } from '../../errors.ts'

/** What the model's windows and outputs are: the manifest says it. */
export type BundleKind = 'packed-pairs' | 'spans'
/** How weights are kept and multiplied: int8 for CPUs, fp16 for GPUs; each has a file and a calibration. */
export type Numeric = 'int8' | 'fp16'

export interface Bundle<Head = unknown> {
  /** `name@version+numeric`. */
  readonly model: string
  readonly width: number
  readonly maxLength: number
  readonly modelPath: string
  readonly tokenizerPath: string
  /** Equal for bundles that share a vocabulary. */
  readonly tokenizerHash: string
  readonly head: Head
}

/** What head.json holds -> the head of one kind of model; throws `model.manifest` where it does not fit. */
export type ReadHead<Head> = (head: unknown, width: number, path: string) => Head

interface Manifest {
  readonly name: string
  readonly version: string
  readonly width: number
  readonly maxLength: number
  /** Files by numeric type. */
  readonly numerics: Readonly<Partial<Record<Numeric, { readonly model: string; readonly head: string }>>>
  readonly files: Readonly<Record<string, string>>
}

/** Opens the bundle in `folder` for one numeric type; throws `model.missing` where the bundle has none of it. */
export async function openBundle<Head>(folder: string, kind: BundleKind, numeric: Numeric, readHead: ReadHead<Head>): Promise<Bundle<Head>> {
  const { name, version, width, maxLength, numerics, files } = await readManifest(folder, kind)
  const chosen = numerics[numeric]
  if (!chosen) throw new GraphloomError('model.missing', `The bundle at ${folder} has no ${numeric} model; it has ${Object.keys(numerics).join(', ')}. Choose another device, or restore the bundle.`)
  for (const file of [chosen.model, 'tokenizer.json', chosen.head]) await checkFile(join(folder, file), files[file]!)
  const headPath = join(folder, chosen.head)
  return {
    model: `${name}@${version}+${numeric}`,
    width, maxLength,
    modelPath: join(folder, chosen.model),
    tokenizerPath: join(folder, 'tokenizer.json'), tokenizerHash: files['tokenizer.json']!,
    head: readHead(await readJson(headPath), width, headPath),
  }
}

async function readManifest(folder: string, expected: BundleKind): Promise<Manifest> {
  const path = join(folder, 'manifest.json')
  let manifest: Partial<Manifest & { readonly kind: string }>
  try {
    manifest = JSON.parse(await readFile(path, 'utf8')) as typeof manifest
  } catch (cause) {
    throw new GraphloomError('model.missing', `No model bundle at ${folder}: expected a folder with manifest.json, an ONNX file, tokenizer.json and head.json. Point --models at the folder of bundles, or restore the models/ folder of the installation.`, { cause })
  }
  const { name, version, kind, width, maxLength, numerics, files } = manifest
  if (!name || !version || !width || !maxLength || !numerics || !files?.['tokenizer.json'] || !Object.values(numerics).every(({ model, head }) => files[model] && files[head])) {
    throw new GraphloomError('model.manifest', `${path} is not a model manifest: it needs name, version, kind, width, maxLength, numerics with the model and head of each numeric type, and files with the sha256 of those and of tokenizer.json.`)
  }
  if (kind !== expected) throw new GraphloomError('model.manifest', `${path} describes a model of the kind "${kind}"; expected "${expected}". Restore the bundle.`)
  return { name, version, width, maxLength, numerics, files }
}

async function checkFile(path: string, expected: string): Promise<void> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (cause) {
    throw new GraphloomError('model.missing', `The model file ${path} is missing; the manifest lists it. Restore the bundle.`, { cause })
  }
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== expected) throw new GraphloomError('model.corrupt', `The model file ${path} has sha256 ${found}, but the manifest says ${expected}. Restore the bundle.`)
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new GraphloomError('model.manifest', `${path} is not JSON. Restore the bundle.`, { cause })
  }
}
