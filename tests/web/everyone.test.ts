// The page for everyone: screen readers, light and dark, phones, servers that want a key.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Entity, Page as Listed } from '../../web/server/index.ts'
import { openChromium } from '../fixtures/chromium.ts'
import { graphloom } from '../integration/graphloom.ts'
import { violations } from './axe.ts'
import { openPage, PATIENT, startServer, useSite } from './site.ts'

const site = useSite()
let views: readonly { readonly name: string; readonly address: string; readonly ready: string }[]
beforeAll(async () => {
  const { items } = await site.get<Listed<Entity>>('entities?q=Corvane%20Marine')
  const entity = encodeURIComponent(items[0]?.id ?? '')
  const document = encodeURIComponent((await site.get<Listed<{ id: string }>>('documents?limit=1')).items[0]?.id ?? '')
  views = [
    { name: 'search', address: '/', ready: '.results li' },
    { name: 'entity', address: `/#/entity/${entity}`, ready: '.fact' },
    { name: 'review', address: '/#/review', ready: '.candidate blockquote' },
    { name: 'decisions', address: '/#/decisions', ready: '.nothing' },
    { name: 'graph', address: `/#/graph?entity=${entity}`, ready: '.network h3' },
    { name: 'start of the graph', address: '/#/graph', ready: '[role=option]' },
    { name: 'documents', address: '/#/documents', ready: '.rows li' },
    { name: 'document', address: `/#/document/${document}`, ready: 'h2' },
    { name: 'upload', address: '/#/ingest', ready: 'input[type=file]' },
    { name: 'uploads', address: '/#/jobs', ready: '.nothing' },
  ]
})

async function eachView(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  for (const { name, address, ready } of views) {
    await page.goto(address)
    await page.locator(ready).first().waitFor()
    await look(name)
  }
}

describe('axe', () => {
  it.each([{ dark: false }, { dark: true }])('finds no serious violation in any view: %o', async ({ dark }) => {
    const page = await site.open({ dark })
    const found: Record<string, readonly string[]> = {}
    await eachView(page, async (name) => {
      const list = await violations(page)
      if (list.length > 0) found[name] = list
    })
    expect(found).toEqual({})
  })

  it('finds none in dialogs', async () => {
    const page = await site.open()
    await page.goto('/#/review')
    await page.locator('.candidate').waitFor()
    for (const key of ['c', 'm', '?']) {
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  })
})

describe('for a screen reader', () => {
  it('each view has one heading of the first level, which gets the focus, and a title', async () => {
    const page = await site.open()
    await eachView(page, async (name) => {
      expect([name, await page.locator('h1').count()]).toEqual([name, 1])
      await expect.poll(() => page.title(), PATIENT).toMatch(/\S · Graphloom$/u)
    })
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Review' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.candidate').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Review')
  })

  it('the first key leads past the header', async () => {
    const page = await site.open()
    await page.goto('/')
    await page.locator('.results li').first().waitFor()
    await page.evaluate(() => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur() })
    await page.getByRole('button', { name: 'Skip to the content' }).focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  })
})

describe('light and dark', () => {
  const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const brightness = async (page: Page) => Number(/\d+/u.exec(await ground(page))?.[0])

  it('follow the system, and the button for good', async () => {
    const page = await site.open({ dark: true })
    await page.goto('/')
    await page.locator('.results li').first().waitFor()
    expect(await brightness(page)).toBeLessThan(60)
    await page.getByRole('button', { name: /^Colours/u }).click()
    await expect.poll(() => brightness(page), PATIENT).toBeGreaterThan(200)
    await page.reload()
    await page.locator('.results li').first().waitFor()
    expect(await brightness(page)).toBeGreaterThan(200)
  })
})

describe('on a phone', () => {
  it.each([360, 414])('%i pixels wide: no view scrolls sideways, and everything is reached by thumb', async (width) => {
    const page = await site.open({ width, height: 740 })
    await eachView(page, async (name) => {
      expect([name, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([name, 0])
      const bar = await page.getByRole('navigation', { name: 'Main' }).boundingBox()
      expect([name, (bar?.y ?? 0) + (bar?.height ?? 0)]).toEqual([name, 740])
    })
  })

  it('a fact is decided and undone by touch', async () => {
    const page = await site.open({ width: 390, height: 844 })
    await page.goto('/#/review')
    await page.locator('.candidate').waitFor()
    await page.getByRole('button', { name: 'Reject' }).click()
    await page.getByText('Decided just now').waitFor()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await page.getByText('Decided just now').waitFor({ state: 'detached' })
  })
})

describe('a server that wants a key', () => {
  it('is asked with the key that the user gives, until the window is closed; a reader decides nothing', async () => {
    const keys = join(site.folder, 'keys.json')
    const made = await graphloom(['keys', 'add', 'Rosa', '--role', 'reader', '--keys', keys, '--json'], { cwd: site.folder })
    const { key } = JSON.parse(made.stdout) as { key: string }
    const server = await startServer(site.folder, ['--store', `sqlite:${join(site.folder, 'graph.db')}`, '--keys', keys, '--data', join(site.folder, 'keyed')])
    const browser = await openChromium()
    try {
      const page = await openPage(browser, server.url, [])
      await page.goto('/')
      await page.getByLabel('API key').fill('wrong')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
      expect(await violations(page)).toEqual([])
      await page.getByLabel('API key').fill(key)
      await page.keyboard.press('Enter')
      await page.locator('.results li').first().waitFor()
      await page.reload()
      await page.locator('.results li').first().waitFor()
      await page.goto('/#/review')
      await page.locator('.candidate').waitFor()
      const words = await page.locator('.statement').innerText()
      await page.keyboard.press('a')
      await page.getByRole('alert').waitFor()
      expect(await page.locator('.statement').innerText()).toBe(words)
      await page.getByRole('button', { name: 'Forget key' }).click()
      await page.getByLabel('API key').waitFor()
    } finally {
      await browser.close()
      await server.stop()
    }
  })
})
