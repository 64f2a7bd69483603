// Pictures of Neo4j Browser after the login, with a query from each part of the guide.
import type { Browser, Page } from 'playwright-core'
import { graphShown, logIn, runFromGuide } from '../../tests/fixtures/neo4j-browser.ts'

export interface Neo4jAddress {
  readonly url: string
  readonly password: string
}

/** Takes them all; `save` gets a name and the page as it stands. */
export async function takeNeo4jBrowser(chromium: Browser, { url, password }: Neo4jAddress, save: (name: string, page: Page) => Promise<void>): Promise<void> {
  const page = await chromium.newPage({ viewport: { width: 1360, height: 850 } })
  await logIn(page, url, password)
  await save('browser-login', page)
  await runFromGuide(page, 'A first look at the graph')
  await graphShown(page)
  await save('browser-overview', page)
  await turnTo(page, 'One entity')
  await runFromGuide(page, 'One entity and its facts')
  await graphShown(page)
  await save('browser-entity', page)
  await turnTo(page, 'The evidence behind an edge')
  await runFromGuide(page, 'From one edge to the words, as a graph')
  await page.getByLabel('Collapse the node properties display').first().click()
  await graphShown(page)
  await save('browser-evidence', page)
  await turnTo(page, 'Facts in review')
  await runFromGuide(page, 'Facts that wait for a person')
  await page.getByTestId('frame').first().locator('table').waitFor()
  await save('browser-review', page)
  await turnTo(page, 'Schema')
  await runFromGuide(page, 'The ontology as a graph')
  await page.getByLabel('Collapse the node properties display').first().click()
  await graphShown(page)
  await save('browser-schema', page)
  await page.close()
}

/** Turns the guide's pages until a heading stands there. */
async function turnTo(page: Page, heading: string): Promise<void> {
  const slide = page.locator(`[data-testid=guidesDrawer] h3:text-is("${heading}")`)
  while (!(await slide.isVisible())) await page.getByTestId('guideNextSlide').click()
}
