// Folders of bundles that are not as shipped: each file is real, one is changed.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { openEncoders } from '../../../extract/encoders/index.ts'

const shipped = fileURLToPath(new URL('../../../models', import.meta.url))
const BUNDLES = ['relation-encoder', 'entity-encoder'] as const
type BundleName = (typeof BUNDLES)[number]
const folders: string[] = []
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true }) })

/** The shipped bundles, with other contents for some of `changed`'s files; null takes a file away. */
function bundlesWith(changed: BundleName, contents: Readonly<Record<string, string | null>>): string {
  const models = mkdtempSync(join(tmpdir(), 'bundles-'))
  folders.push(models)
  for (const bundle of BUNDLES) {
    mkdirSync(join(models, bundle))
    for (const file of ['manifest.json', 'head.json', 'tokenizer.json', 'model.int8.onnx']) {
      const content = bundle === changed ? contents[file] : undefined
      if (content === undefined) symlinkSync(join(shipped, bundle, file), join(models, bundle, file))
      else if (content !== null) writeFileSync(join(models, bundle, file), content)
    }
  }
  return models
}

/** A bundle whose manifest states the hash of another head. */
function bundlesWithHead(bundle: BundleName, head: string): string {
  const manifest = manifestOf(bundle)
  const files = { ...manifest.files, 'head.json': createHash('sha256').update(head).digest('hex') }
  return bundlesWith(bundle, { 'head.json': head, 'manifest.json': JSON.stringify({ ...manifest, files }) })
}

const manifestOf = (bundle: BundleName) => JSON.parse(readFileSync(join(shipped, bundle, 'manifest.json'), 'utf8'))
const headOf = (bundle: BundleName) => JSON.parse(readFileSync(join(shipped, bundle, 'head.json'), 'utf8'))
const refusal = (models: string) => openEncoders({ models, device: 'cpu', workers: 1 }).then(() => 'opened', ({ code, message }) => ({ code, message }))

describe.each(BUNDLES)('the bundle of the %s', (bundle) => {
  const refused = (code: string, file: string) => ({ code, message: expect.stringContaining(join(bundle, file)) })

  test('is named when it is missing, whole or in part', async () => {
    const { code, message } = await refusal(bundlesWith(bundle, { 'manifest.json': null })) as { code: string; message: string }
    expect(code).toBe('model.missing')
    expect(message).toContain(`${bundle}:`)
    expect(await refusal(bundlesWith(bundle, { 'model.int8.onnx': null }))).toEqual(refused('model.missing', 'model.int8.onnx'))
    const { numerics: { fp16 }, ...manifest } = manifestOf(bundle)
    expect(await refusal(bundlesWith(bundle, { 'manifest.json': JSON.stringify({ ...manifest, numerics: { fp16 } }) }))).toMatchObject({ code: 'model.missing', message: expect.stringContaining('no int8 model; it has fp16') })
  })

  test('is named when a file is not what its manifest states', async () => {
    expect(await refusal(bundlesWith(bundle, { 'tokenizer.json': '{}' }))).toEqual(refused('model.corrupt', 'tokenizer.json'))
    expect(await refusal(bundlesWith(bundle, { 'head.json': '{}' }))).toEqual(refused('model.corrupt', 'head.json'))
  })

  test('is named when its manifest is none, or that of another kind of model', async () => {
    expect(await refusal(bundlesWith(bundle, { 'manifest.json': '{}' }))).toEqual(refused('model.manifest', 'manifest.json'))
    expect(await refusal(bundlesWith(bundle, { 'manifest.json': JSON.stringify({ ...manifestOf(bundle), kind: 'other' }) }))).toEqual(refused('model.manifest', 'manifest.json'))
  })

  test('is named when its head is none', async () => {
    for (const head of ['', 'null', '{}', '[]']) expect(await refusal(bundlesWithHead(bundle, head))).toEqual(refused('model.manifest', 'head.json'))
  })
})

test('the head of the relation encoder must fit the width of its model', async () => {
  const head = headOf('relation-encoder')
  for (const wrong of [{ relation: head.relation + 1 }, { gains: [1, 2] }, { centre: [0] }, { calibration: { slope: 1 } }, { noRelation: [[1]] }, { trees: [['first', 0, 1]] }, { trees: [['hunch', 0, 1, 2]] }]) {
    expect(await refusal(bundlesWithHead('relation-encoder', JSON.stringify({ ...head, ...wrong })))).toMatchObject({ code: 'model.manifest' })
  }
})

test('the head of the entity encoder must fit the width of its model, and its tables the kinds of mentions', async () => {
  const head = headOf('entity-encoder')
  const wrongs = [
    { coarse: [] }, { blocks: { ...head.blocks, mention: head.blocks.mention + 1 } }, { kind: { ...head.kind, slope: null } },
    ...[{ distance: head.link.kinds }, { kinds: head.link.distance }, { equal: [0, 0] }, { bias: '0' }].map((part) => ({ link: { ...head.link, ...part } })),
  ]
  for (const wrong of wrongs) expect(await refusal(bundlesWithHead('entity-encoder', JSON.stringify({ ...head, ...wrong })))).toMatchObject({ code: 'model.manifest' })
})
