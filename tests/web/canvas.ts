// Clicks nodes of the picture: where they are drawn is read from the picture itself.
import type { Page } from 'playwright-core'

/** Clicks one drawn node after the other until `done`. */
export async function clickNode(page: Page, done: () => Promise<boolean>): Promise<void> {
  const box = await page.locator('.picture').boundingBox()
  if (!box) throw new Error('There is no picture.')
  for (let attempt = 0; attempt < 5; attempt++) {
    for (const { x, y } of await nodesOf(page)) {
      await page.mouse.click(box.x + x, box.y + y)
      for (let wait = 0; wait < 10; wait++) {
        if (await done()) return
        await page.waitForTimeout(50)
      }
    }
    await page.waitForTimeout(300)
  }
  throw new Error('No click on the picture did it.')
}

/** Centres of blots that have the colour of a type, in pixels of the picture. */
async function nodesOf(page: Page): Promise<readonly { readonly x: number; readonly y: number }[]> {
  const shot = (await page.locator('.picture').screenshot()).toString('base64')
  return page.evaluate(async (png) => {
    const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    const probe = document.body.appendChild(document.createElement('span'))
    const hues = new Set(Array.from({ length: 8 }, (_, index) => {
      probe.style.color = `var(--hue-${index})`
      return (getComputedStyle(probe).color.match(/\d+/gu) ?? []).slice(0, 3).join()
    }))
    probe.remove()
    if (!context) return []
    context.drawImage(bitmap, 0, 0)
    const { data, width, height } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    const coloured = (x: number, y: number) => hues.has([0, 1, 2].map((channel) => data[4 * (y * width + x) + channel]).join())
    const found: { x: number; y: number }[] = []
    for (let y = 4; y < height - 4; y += 2) {
      for (let x = 4; x < width - 4; x += 2) {
        const solid = [-3, 0, 3].every((dx) => [-3, 0, 3].every((dy) => coloured(x + dx, y + dy)))
        if (solid && found.every((other) => Math.hypot(other.x - x, other.y - y) > 30)) found.push({ x, y })
      }
    }
    return found
  }, shot)
}
