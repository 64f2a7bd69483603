import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Package { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }
const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as { packages: Record<string, Package> }

describe('package-lock.json', () => {
  it('names no registry, so that everyone installs from their own', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([])
  })

  // npm leaves out what the registry of the one who wrote the file does not carry; `npm ci` then fails for everyone.
  it('holds the packages of every platform', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`]))
    expect(missing).toEqual([])
  })
})
