// Devices, by the runtime's own providers. WebGPU computes on SwiftShader, the Vulkan driver that Chromium brings: the same shaders as on a GPU, slowly.
import { execFile } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { lacksVulkan } from '../../../extract/encoders/vulkan.ts'
import { pathOfChromium } from '../../fixtures/chromium.ts'

interface Said {
  readonly code?: string
  readonly message?: string
  readonly device: { readonly name: string; readonly why: string }
  readonly models: readonly string[]
  readonly outputs: Readonly<Record<string, readonly number[]>>
}

const SWIFTSHADER = 'vk_swiftshader_icd.json'
const folder = [dirname(realpathSync(pathOfChromium())), '/usr/lib/chromium', '/opt/google/chrome'].find((path) => existsSync(join(path, SWIFTSHADER)))

async function on(...args: readonly string[]): Promise<Said> {
  // Whatever drivers a machine has, here it has this one.
  const driver = folder === undefined ? {} : { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: join(folder, SWIFTSHADER), VK_DRIVER_FILES: join(folder, SWIFTSHADER) }
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('on-device.ts', import.meta.url)), ...args], { env: { ...process.env, ...driver }, maxBuffer: 2 ** 24 })
  return JSON.parse(stdout) as Said
}

/** Most that numbers may differ between int8 on a CPU and fp16 on a GPU: a value of a pair's vector, a logit of a verdict and of a tag, a value of a span's half and of a description's vector. */
const NEAR = { vectors: 0.03, verdicts: 0.25, tags: 0.6, halves: 0.25, label: 0.02 }

// Chromium as a snap keeps its driver to itself.
describe.skipIf(folder === undefined)('a GPU', () => {
  test('says what a CPU says, within what int8 rounds', async () => {
    const [cpu, gpu] = [await on('cpu'), await on('webgpu')]
    expect(gpu.device).toEqual({ name: 'webgpu', why: 'asked for' })
    expect(gpu.models).toEqual(cpu.models.map((model) => model.replace('+int8', '+fp16')))
    for (const [name, near] of Object.entries(NEAR)) {
      const [a, b] = [cpu.outputs[name]!, gpu.outputs[name]!]
      expect(b.length).toBe(a.length)
      expect(`${name} ${Math.max(...b.map((value, k) => Math.abs(value - a[k]!))) < near}`).toBe(`${name} true`)
    }
  })

  test('is taken by itself where it works', async () => {
    const { device, models } = await on('auto')
    expect(device).toMatchObject({ name: 'webgpu', why: expect.stringMatching(/^first that works; no cuda: /) })
    expect(models[0]).toMatch(/\+fp16$/)
  })

  test('that is a driver computing on the CPU is not taken, and it is told why', async () => {
    const { device, models } = await on('auto', 'timed')
    expect(device).toMatchObject({ name: 'cpu', why: expect.stringMatching(/^no cuda: .+; no webgpu: a shortest window takes \d+ ms there/) })
    expect(models[0]).toMatch(/\+int8$/)
  })
})

test('a device that is asked for and does not work is an error, not another device', async () => {
  expect(await on('cuda')).toMatchObject({ code: 'model.device', message: expect.stringContaining('cuda') })
})

test('a machine without a Vulkan driver is known before it is tried', () => {
  const nowhere = { XDG_DATA_DIRS: '/nowhere', XDG_DATA_HOME: '/nowhere', XDG_CONFIG_HOME: '/nowhere' }
  const here = fileURLToPath(import.meta.url)
  expect(lacksVulkan({ ...nowhere, VK_DRIVER_FILES: here }, 'linux')).toBeUndefined()
  expect(lacksVulkan({}, 'win32')).toBeUndefined()
  if (!existsSync('/etc/vulkan/icd.d')) expect(lacksVulkan({ ...nowhere, VK_DRIVER_FILES: `${here}.json` }, 'linux')).toBe('no Vulkan driver is installed')
})
