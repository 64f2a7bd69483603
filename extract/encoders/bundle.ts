// A bundle's folder -> its checked parts: manifest, ONNX file, tokenizer, head; every file must have the hash that the manifest states.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GraphloomError } from '../../errors.ts'

/** What the model's windows and outputs are: the manifest says it. */
export type BundleKind = 'packed-pairs' | 'spans'

export interface Bundle<Head = unknown> {
  /** `name@version+numeric`. */
  readonly model: string
  readonly width: number
  readonly maxLength: number
  readonly modelPath: string
  /** Whether the model's numeric type is made for GPUs. */
  readonly forGpu: boolean
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
  readonly numeric: string
  readonly width: number
  readonly maxLength: number
  readonly model: string
  readonly files: Readonly<Record<string, string>>
}

/** Opens the bundle in `folder`. */
export async function openBundle<Head>(folder: string, kind: BundleKind, readHead: ReadHead<Head>): Promise<Bundle<Head>> {
  const manifest = await readManifest(folder, kind)
  for (const [name, expected] of Object.entries(manifest.files)) await checkFile(join(folder, name), expected)
  const headPath = join(folder, 'head.json')
  return {
    model: `${manifest.name}@${manifest.version}+${manifest.numeric}`,
    width: manifest.width, maxLength: manifest.maxLength,
    modelPath: join(folder, manifest.model), forGpu: manifest.numeric !== 'int8',
    tokenizerPath: join(folder, 'tokenizer.json'), tokenizerHash: manifest.files['tokenizer.json']!,
    head: readHead(await readJson(headPath), manifest.width, headPath),
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
  const { name, version, kind, numeric, width, maxLength, model, files } = manifest
  if (!name || !version || !numeric || !width || !maxLength || !model || !files?.[model] || !files['tokenizer.json'] || !files['head.json']) {
    throw new GraphloomError('model.manifest', `${path} is not a model manifest: it needs name, version, kind, numeric, width, maxLength, model and files with the sha256 of the model, tokenizer.json and head.json.`)
  }
  if (kind !== expected) throw new GraphloomError('model.manifest', `${path} describes a model of the kind "${kind}"; expected "${expected}". Restore the bundle.`)
  return { name, version, numeric, width, maxLength, model, files }
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
