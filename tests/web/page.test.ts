// What people do with the web page, in a real Chromium, on the server and graph that they would have.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Entity, Fact, Page as Listed } from '../../web/server/index.ts'
import { clickNode } from './canvas.ts'
import { PATIENT, useSite } from './site.ts'

const site = useSite()

const entityNamed = async (name: string): Promise<Entity> => {
  const found = (await site.get<Listed<Entity>>(`entities?q=${encodeURIComponent(name)}`)).items.find((entity) => entity.name === name)
  if (!found) throw new Error(`The examples name no ${name}.`)
  return found
}
const facts = async (status: Fact['status']): Promise<readonly Fact[]> => (await site.get<Listed<Fact>>(`facts?status=${status}&limit=500`)).items
/** Without what only screen readers hear. */
const words = (text: string) => text.replace(/(quote|head|tail): /gu, '')
const named = ({ head, tail }: Fact) => [head.name, 'name' in tail ? tail.name : tail.value]

describe('the search', () => {
  it('finds entities by the beginning of a word and by type, at an address that can be sent', async () => {
    const page = await site.open()
    await page.goto('/')
    await page.getByRole('searchbox', { name: 'Name' }).fill('corv')
    await page.getByRole('link', { name: 'Corvane Marine' }).waitFor()
    await expect.poll(() => page.url(), PATIENT).toContain('q=corv')
    await page.getByRole('searchbox', { name: 'Name' }).fill('')
    await page.getByLabel('Type').selectOption('Organization')
    await page.getByRole('link', { name: 'Velmark Institute of Oceanography' }).waitFor() // an Institute
    await page.reload()
    await page.getByRole('link', { name: 'Velmark Institute of Oceanography' }).waitFor()
    expect(await page.getByRole('list', { name: 'Entities found' }).getByText('Person', { exact: true }).count()).toBe(0)
  })

  it('keeps what is typed while the address takes what was typed before', async () => {
    const page = await site.open()
    await page.goto('/#/search')
    await page.getByRole('searchbox', { name: 'Name' }).evaluate(async (field: HTMLInputElement) => {
      const type = (text: string) => {
        field.value = text
        field.dispatchEvent(new Event('input', { bubbles: true }))
      }
      type('vel')
      await new Promise<void>((typed) => addEventListener('hashchange', () => { type('corv'); typed() }, { once: true }))
    })
    await expect.poll(() => page.url(), PATIENT).toContain('q=corv')
    expect(await page.getByRole('searchbox', { name: 'Name' }).inputValue()).toBe('corv')
  })

  it('says so when nothing is found', async () => {
    const page = await site.open()
    await page.goto('/#/search?q=zzzz')
    await page.getByText('Nothing is called so').waitFor()
  })
})

describe('the page of an entity', () => {
  it('groups facts by relation, marks both mentions in the quote, and shows it in its passage', async () => {
    const page = await site.open()
    await page.goto(`/#/entity/${(await entityNamed('Corvane Marine')).id}`)
    const acquired = page.getByRole('region', { name: 'acquired', exact: true })
    await acquired.getByRole('link', { name: 'Tidewell Instruments' }).waitFor()
    const quote = acquired.locator('blockquote').first()
    expect(await quote.locator('mark.head').innerText()).toMatch(/Corvane/u)
    expect(await quote.locator('mark.tail').innerText()).toMatch(/Tidewell/u)
    await acquired.getByRole('button', { name: 'In its passage' }).first().click()
    const passage = acquired.locator('.passage')
    await passage.waitFor()
    expect(words((await passage.locator('mark.quote').allTextContents()).join(''))).toBe(words((await quote.textContent()) ?? ''))
  })

  it('names document, page and section, and leads to the passage in the document', async () => {
    const page = await site.open()
    const fact = [...(await facts('accepted')), ...(await facts('review'))]
    const withPage = (await Promise.all(fact.slice(0, 40).map(async ({ id, head }) => ({ head, evidence: (await site.get<Listed<{ uri: string; page?: number }>>(`facts/${id}/evidence`)).items })))).find(({ evidence }) => evidence.every((item) => item.page !== undefined))
    await page.goto(`/#/entity/${withPage?.head.id}`)
    const cite = page.locator('cite', { hasText: '.pdf' }).first()
    await cite.waitFor()
    expect(await cite.innerText()).toMatch(/\.pdf, page \d/u)
    await cite.getByRole('link').click()
    await page.locator('.passages .found mark').waitFor()
  })
})

describe('the review by keyboard', () => {
  const open = async (): Promise<Page> => {
    const page = await site.open()
    await page.goto('/#/review')
    await page.getByRole('article').waitFor()
    return page
  }
  const said = (page: Page, words: RegExp) => page.locator('.said', { hasText: words }).waitFor()
  /** By keyboard, from the list of what is typed. */
  const chooseEntity = async (page: Page, name: string) => {
    const option = page.locator('[role=listbox][aria-busy=false] [role=option]', { has: page.getByText(name, { exact: true }) }).first()
    await option.waitFor()
    for (let step = 0; step < 20 && await option.getAttribute('aria-selected') !== 'true'; step++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
  }
  const statement = async (page: Page) => (await page.locator('.statement').innerText()).replace(/\s+/gu, ' ')

  it('accepts, rejects, and undoes both', async () => {
    const [first, second] = await facts('review') as [Fact, Fact]
    const page = await open()
    expect(await statement(page)).toContain(first.head.name)
    await page.keyboard.press('a')
    await page.keyboard.press('r')
    await expect.poll(async () => (await facts('rejected')).map(({ id }) => id), PATIENT).toContain(second.id)
    expect((await facts('accepted')).map(({ id }) => id)).toContain(first.id)
    await page.keyboard.press('u')
    await said(page, /Undone: Rejected/u)
    await page.keyboard.press('u')
    await said(page, /Undone: Accepted/u)
    expect((await facts('review')).slice(0, 2).map(named)).toEqual([named(first), named(second)])
    expect(await statement(page)).toContain(first.head.name)
  })

  it('says why the model thinks so', async () => {
    const page = await open()
    const card = page.getByRole('article')
    expect(await card.innerText()).toMatch(/\d+\s%\slikely true, says \S+/u)
    await card.locator('blockquote mark.head').first().waitFor()
    await page.keyboard.press('p')
    await card.locator('.passage').first().waitFor()
    expect(await card.getByRole('region', { name: /What “.+” means/u }).innerText()).toContain('says so')
  })

  it('corrects a relation to one that the ontology allows', async () => {
    const page = await open()
    const queue = await facts('review')
    // Between the ends of some there is no other relation to choose.
    let at = 0
    for (; ; at++) {
      await page.keyboard.press('c')
      await page.getByRole('combobox').waitFor()
      if (await page.getByRole('option').count() > 0) break
      await page.keyboard.press('Escape')
      await page.getByRole('combobox').waitFor({ state: 'detached' })
      await page.keyboard.press('j')
    }
    const words = await page.getByRole('option').first().locator('span').first().innerText()
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
    await said(page, /Corrected to/u)
    const ends = named(queue[at] as Fact).toSorted()
    await expect.poll(async () => (await facts('review')).map(({ id }) => id), PATIENT).not.toContain(queue[at]?.id)
    expect((await facts('accepted')).map((fact) => named(fact).toSorted())).toContainEqual(ends)
    await page.keyboard.press('u')
    await said(page, /Undone: Corrected/u)
    expect((await facts('review')).map(({ id }) => id)).toEqual(queue.map(({ id }) => id))
  })

  it('merges two entities and splits them by undoing', async () => {
    const before = await facts('review')
    const page = await open()
    const entities = (await site.get<Listed<Entity>>('entities?limit=100')).items
    const others = (head: { readonly name: string; readonly type: string }) => entities.filter(({ name, type }) => type === head.type && name !== head.name)
    const at = before.findIndex(({ head, tail }) => 'name' in tail && tail.name !== head.name && others(head).length > 0)
    expect(at).toBeGreaterThanOrEqual(0)
    for (let step = 0; step < at; step++) await page.keyboard.press('j')
    const name = before[at]?.head.name ?? ''
    await page.keyboard.press('m')
    await page.getByRole('dialog', { name: 'Merge which entity?' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: `${name} is the same as` }).waitFor()
    const other = others(before[at]!.head).find((entity) => !('name' in before[at]!.tail) || entity.name !== before[at]!.tail.name)?.name ?? ''
    await page.keyboard.type(other)
    await chooseEntity(page, other)
    await said(page, new RegExp(`Merged ${name}`, 'u'))
    expect((await site.get<Listed<Entity>>(`entities?q=${encodeURIComponent(name)}`)).items.filter((entity) => entity.name === name || entity.aliases.includes(name))).toHaveLength(1)
    await page.getByRole('article').waitFor()
    await page.keyboard.press('u')
    await said(page, /Undone: Merged/u)
    expect((await facts('review')).map(named)).toEqual(before.map(named))
  })

  it('gives the field of a dialog the keys that follow at once, before the next picture is drawn', async () => {
    const page = await site.open()
    await page.goto(`/#/entity/${(await entityNamed('Corvane Marine')).id}`)
    const focused = await page.getByRole('button', { name: 'Merge …' }).evaluate(async (button: HTMLElement) => {
      button.click()
      await new Promise((next) => setTimeout(next, 0))
      return document.activeElement?.getAttribute('role')
    })
    expect(focused).toBe('combobox')
  })

  it('takes nothing by Enter while the list is still that of what was typed before', async () => {
    const page = await open()
    let answer = () => {}
    const held = new Promise<void>((release) => { answer = release })
    await page.goto(`/#/entity/${(await entityNamed('Corvane Marine')).id}`)
    await page.getByRole('button', { name: 'Merge …' }).click()
    const list = (busy: boolean) => page.locator(`[role=listbox][aria-busy=${busy}]`).waitFor({ state: 'attached' })
    await page.keyboard.type('Vel')
    await page.getByRole('option', { name: 'Velmark' }).first().waitFor()
    await list(false)
    await page.route('**/v1/entities?*', async (route) => { await held; await route.continue() })
    await page.keyboard.type('mark')
    await list(true)
    await page.keyboard.press('Enter')
    answer()
    await list(false)
    expect(await page.getByRole('dialog', { name: 'is the same as' }).count()).toBe(1)
    expect(await page.locator('.said', { hasText: 'Merged' }).count()).toBe(0)
  })

  it('splits an entity by its documents', async () => {
    const entity = await entityNamed('Corvane Marine')
    const page = await open()
    const at = (await facts('review')).findIndex(({ head, tail }) => head.id === entity.id || ('id' in tail && tail.id === entity.id))
    expect(at).toBeGreaterThanOrEqual(0)
    for (let step = 0; step < at; step++) await page.keyboard.press('j')
    await page.keyboard.press('s')
    await page.getByRole('dialog').waitFor()
    if (await page.getByRole('combobox').count()) await chooseEntity(page, 'Corvane Marine')
    await page.getByRole('group', { name: /In which documents/u }).waitFor()
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await said(page, /Split Corvane Marine/u)
    expect((await site.get<Entity>(`entities/${entity.id}`)).support).toBeLessThan(entity.support)
    await page.keyboard.press('u')
    await said(page, /Undone: Split/u)
    expect((await site.get<Entity>(`entities/${entity.id}`)).support).toBe(entity.support)
  })

  it('leaves keys alone in fields and when shortcuts are off, and lists every decision', async () => {
    const before = (await facts('review')).length
    const page = await open()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('a')
    await page.keyboard.press('Escape')
    await page.getByLabel('Keyboard shortcuts').uncheck()
    await page.locator('h1').focus()
    await page.keyboard.press('a')
    expect((await facts('review')).length).toBe(before)
    await page.getByRole('link', { name: 'Every decision' }).click()
    await page.locator('.undone', { hasText: 'Rejected' }).first().waitFor()
  })
})

describe('the graph', () => {
  it('grows by a click on the picture, and in the list by keyboard', async () => {
    const page = await site.open()
    const { id } = await entityNamed('Corvane Marine')
    await page.goto(`/#/graph?entity=${encodeURIComponent(id)}`)
    const list = page.getByRole('region', { name: 'In words' })
    await list.getByRole('region', { name: 'Corvane Marine' }).waitFor()
    const opened = () => list.getByRole('heading', { level: 3 }).count()
    await clickNode(page, async () => (await opened()) > 1)
    const after = await opened()
    expect(after).toBe(2)
    const grow = list.getByRole('button', { name: /^Grow from/u }).first()
    await grow.focus()
    await page.keyboard.press('Enter')
    await expect.poll(opened, PATIENT).toBe(3)
    await page.getByRole('button', { name: 'Picture' }).click()
    expect(await page.locator('.picture').count()).toBe(0)
    expect(await opened()).toBe(3)
  })
})
