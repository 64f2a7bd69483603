// Documents that people send with the web page, in a real Chromium: to the graph of the examples, and to an empty one.
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openChromium } from '../fixtures/chromium.ts'
import { openPage, PATIENT, startServer, useSite } from './site.ts'

const site = useSite()

describe('an upload', () => {
  it('shows progress, then what came of it with the reason of each failure, and fills the graph', async () => {
    const page = await site.open()
    const letter = join(site.folder, 'letter.txt')
    // Long enough to be seen on its way.
    const visitors = Array.from({ length: 300 }, (_, n) => `Visitor ${n} and Kara Elm of Corvane Marine walked from Greywick to Northmoor past ${n} boats.`)
    writeFileSync(letter, ['Oona Tarbet joined Corvane Marine in 2019. Oona Tarbet was born in Greywick.', ...visitors].join(' '))
    const broken = join(site.folder, 'broken.pdf')
    writeFileSync(broken, '%PDF-1.7\nnothing of a PDF follows')
    await page.goto('/#/ingest')
    await page.getByLabel('Drop files here').setInputFiles([letter, broken])
    const events = page.waitForRequest(/\/v1\/jobs\/[^/]+\/events/u)
    await page.getByRole('button', { name: 'Send 2 files' }).click()
    await events
    await page.getByRole('progressbar').waitFor({ state: 'detached', timeout: 120_000 }) // a model reads: on a busy machine that takes its time
    await page.getByText('done', { exact: true }).waitFor()
    const failed = page.getByRole('region', { name: 'Failed documents' })
    expect(await failed.innerText()).toMatch(/broken\.pdf/u)
    expect(await page.locator('.counts').innerText()).toMatch(/Done\s+1[\s\S]*Failed\s+1/u)
    await page.goto('/#/jobs')
    await page.getByRole('table').getByRole('link').first().waitFor()
    await page.goto('/#/search?q=Oona')
    await page.getByRole('link', { name: 'Oona Tarbet' }).waitFor()
  })

  it('is the first that an empty graph has', async () => {
    const server = await startServer(site.folder, ['--store', `sqlite:${join(site.folder, 'empty.db')}`, '--ontology', resolve('examples/ontology.yaml'), '--data', join(site.folder, 'first'), '--workers', '1'])
    const browser = await openChromium()
    try {
      const page = await openPage(browser, server.url, [])
      await page.goto('/')
      await page.getByText('The graph is empty').waitFor()
      await page.getByRole('link', { name: 'Add documents' }).click()
      await page.getByLabel('Drop files here').setInputFiles(resolve('examples/documents/guide.txt'))
      await page.getByRole('button', { name: 'Send 1 file' }).click()
      await page.getByRole('link', { name: 'See the graph' }).click({ timeout: 120_000 })
      await page.locator('.results li').first().waitFor()
      await expect.poll(() => page.getByLabel('Type').getByRole('option').count(), PATIENT).toBeGreaterThan(5)
    } finally {
      await browser.close()
      await server.stop()
    }
  })
})
