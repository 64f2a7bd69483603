// A model folder -> its checked parts: manifest, ONNX file, tokenizer; every file must have the hash that the manifest states.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GraphloomError } from '../../errors.ts'
import type { ComparisonHead } from '../encoder.ts'

/** The bundle's folder under `--models`. */
const BUNDLE = 'relation-encoder'

export interface Bundle {
  /** `name@version+numeric`. */
  readonly model: string
  readonly width: number
  readonly maxLength: number
  readonly modelPath: string
  /** Whether the model's numeric type is made for GPUs. */
  readonly forGpu: boolean
  readonly tokenizerPath: string
  readonly head: ComparisonHead
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly numeric: string
  readonly width: number
  readonly maxLength: number
  readonly model: string
  readonly files: Readonly<Record<string, string>>
}

/** Opens the bundle in `models` (the folder of bundles, or a bundle itself). */
export async function openBundle(models: string): Promise<Bundle> {
  const folder = existsSync(join(models, 'manifest.json')) ? models : join(models, BUNDLE)
  const manifest = await readManifest(folder)
  for (const [name, expected] of Object.entries(manifest.files)) await checkFile(join(folder, name), expected)
  return {
    model: `${manifest.name}@${manifest.version}+${manifest.numeric}`,
    width: manifest.width, maxLength: manifest.maxLength,
    modelPath: join(folder, manifest.model), forGpu: manifest.numeric !== 'int8', tokenizerPath: join(folder, 'tokenizer.json'),
    head: await readHead(join(folder, 'head.json'), manifest.width),
  }
}

async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, 'manifest.json')
  let manifest: Partial<Manifest>
  try {
    manifest = JSON.parse(await readFile(path, 'utf8')) as Partial<Manifest>
  } catch (cause) {
    throw new GraphloomError('model.missing', `No model bundle at ${folder}: expected a folder with manifest.json, an ONNX file, tokenizer.json and head.json. Point --models at it, or restore the models/ folder of the installation.`, { cause })
  }
  const { name, version, numeric, width, maxLength, model, files } = manifest
  if (!name || !version || !numeric || !width || !maxLength || !model || !files?.[model] || !files['tokenizer.json'] || !files['head.json']) {
    throw new GraphloomError('model.manifest', `${path} is not a model manifest: it needs name, version, numeric, width, maxLength, model and files with the sha256 of the model, tokenizer.json and head.json.`)
  }
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

async function readHead(path: string, width: number): Promise<ComparisonHead> {
  const { relation, end, gains, bias, calibration, centre, noRelation } = JSON.parse(await readFile(path, 'utf8')) as Omit<ComparisonHead, 'noRelation' | 'centre'> & { readonly centre: readonly number[]; readonly noRelation: readonly (readonly number[])[] }
  if (relation + 2 * end !== width || gains.length !== 3 || centre.length !== width || noRelation.some((row) => row.length !== width)) {
    throw new GraphloomError('model.manifest', `${path} does not fit the model's width of ${width}: it says ${relation} + 2 * ${end}. Restore the bundle.`)
  }
  return { relation, end, gains, bias, calibration, centre: Float32Array.from(centre), noRelation: noRelation.map((row) => Float32Array.from(row)) }
}
