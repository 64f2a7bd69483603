// Pictures of the web page over the demo's graph: its main views, light, dark and on a phone.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openSite, type Site } from '../../tests/web/site.ts'

const PATIENCE = 240_000
const PHONE = { width: 390, height: 844 }
/** The entity of the examples that most is said of. */
const ENTITY = 'Corvane Marine'

interface Named {
  readonly id: string
  readonly name: string
}

/** Takes them all; `save` gets a name and the page as it stands. */
export async function takeWeb(save: (name: string, page: Page) => Promise<void>): Promise<void> {
  const site = await openSite()
  try {
    const id = await idOf(site, ENTITY)
    await picture(site, 'web-search', '/#/search?q=cor', {}, (page) => page.getByRole('link', { name: ENTITY }).waitFor(), save)
    for (const [name, options] of [['web-entity', {}], ['web-entity-dark', { dark: true }], ['web-entity-phone', PHONE]] as const) {
      await picture(site, name, `/#/entity/${id}`, options, (page) => page.locator('blockquote mark.head').first().waitFor(), save)
    }
    for (const [name, options] of [['web-review', {}], ['web-review-phone', PHONE]] as const) {
      await picture(site, name, '/#/review', options, (page) => page.getByRole('article').locator('blockquote mark.head').first().waitFor(), save)
    }
    await picture(site, 'web-graph', `/#/graph?entity=${encodeURIComponent(id)}`, { dark: true }, grown, save)
    await picture(site, 'web-ingest', '/#/ingest', {}, (page) => uploaded(site, page), save)
  } finally {
    await site.close()
  }
}

async function idOf(site: Site, name: string): Promise<string> {
  const found = (await site.get<{ readonly items: readonly Named[] }>(`entities?q=${encodeURIComponent(name)}`)).items.find((entity) => entity.name === name)
  if (found === undefined) throw new Error(`The examples name no ${name}.`)
  return found.id
}

async function picture(
  site: Site, name: string, address: string, options: NonNullable<Parameters<Site['open']>[0]>, ready: (page: Page) => Promise<void>, save: (name: string, page: Page) => Promise<void>,
): Promise<void> {
  const page = await site.open(options)
  page.setDefaultTimeout(PATIENCE)
  await page.goto(address)
  await ready(page)
  await save(name, page)
  await page.context().close()
}

/** The graph around the entity and around two of its neighbours. */
async function grown(page: Page): Promise<void> {
  const list = page.getByRole('region', { name: 'In words' })
  for (const opened of [1, 2]) {
    await list.getByRole('heading', { level: 3 }).nth(opened - 1).waitFor()
    await list.getByRole('button', { name: /^Grow from/u }).first().click()
  }
  await list.getByRole('heading', { level: 3 }).nth(2).waitFor()
  await page.evaluate(() => scrollTo(0, 0))
  await page.waitForTimeout(3_000) // the layout comes to rest
}

/** Two files, one of them broken: what came of each. */
async function uploaded(site: Site, page: Page): Promise<void> {
  const letter = join(site.folder, 'letter.txt')
  const broken = join(site.folder, 'broken.pdf')
  await writeFile(letter, 'Oona Tarbet joined Corvane Marine in 2019. Oona Tarbet was born in Greywick.')
  await writeFile(broken, '%PDF-1.7\nnothing of a PDF follows')
  await page.getByLabel('Drop files here').setInputFiles([letter, broken])
  await page.getByRole('button', { name: 'Send 2 files' }).click()
  await page.getByText('done', { exact: true }).waitFor()
  await page.getByRole('region', { name: 'Failed documents' }).waitFor()
}
