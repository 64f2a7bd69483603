import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openReader, openStore } from '../../../graph/stores/index.ts'
import { ask } from '../../conformance/ask.ts'
import { LIBRARY, openSample, writeSample } from '../sample.ts'

test('a server that stops waits for the audit lines of what it has answered', async () => {
  const uri = `sqlite:${join(mkdtempSync(join(tmpdir(), 'graphloom-api-')), 'graph.db')}`
  const store = await openStore(uri)
  const reader = await openReader(uri)
  await writeSample(store)
  const written: string[] = []
  const audit = {
    async write({ path }: { readonly path: string }) {
      await sleep(300)
      written.push(path)
    },
  }
  const server = await openSample(store, reader, { audit })
  const { status } = await ask(server.url, 'POST', '/v1/documents', { key: server.token('writer', LIBRARY), body: { documents: [{ name: 'a.txt', text: 'Ann works for Acme.' }] } })
  expect(status).toBe(202)
  await server.close()
  expect(written).toEqual(['/v1/documents'])
  await reader.close()
  await store.close()
})
