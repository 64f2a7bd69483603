// Types of the ontology -> colours that stay apart for eyes with any of the three colour deficiencies, each with a text colour that can be read on it.

/** Hex colours of one label. */
export interface Swatch {
  readonly fill: string
  readonly border: string
  readonly text: string
}

/** Each at least 20 from every other in CIE Lab, for eyes with all cones and without any one kind: they differ in lightness, not in hue alone. */
const HUES = ['#0072b2', '#fad84c', '#e8835e', '#b0e8bf', '#7c0364', '#24cff9', '#9f0404', '#f92479'] as const
/** Once the hues are used up, they come again lighter, then darker; beyond that they repeat, and names tell types apart. */
const SHADES = [(hue: string) => hue, (hue: string) => mix(hue, '#ffffff', 0.55), (hue: string) => mix(hue, '#000000', 0.45)] as const

const INK = '#000000'
const PAPER = '#ffffff'
/** Of a border against the canvas, as WCAG asks of graphics. */
const BORDER_CONTRAST = 3

/** One colour for each name, by its place in the list. */
export function paletteOf(names: readonly string[]): ReadonlyMap<string, Swatch> {
  return new Map(names.map((name, index) => {
    const shade = SHADES[Math.floor(index / HUES.length) % SHADES.length] as (hue: string) => string
    return [name, swatchOf(shade(HUES[index % HUES.length] as string))]
  }))
}

/** A fill with a border that is seen on white and a text that is read on the fill. */
export function swatchOf(fill: string): Swatch {
  let border = fill
  while (contrast(border, PAPER) < BORDER_CONTRAST || border === fill) border = mix(border, '#000000', 0.25)
  return { fill, border, text: contrast(fill, INK) >= contrast(fill, PAPER) ? INK : PAPER }
}

/** Contrast ratio of WCAG 2, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function mix(from: string, to: string, share: number): string {
  const ends = channels(to)
  return `#${channels(from).map((channel, index) => Math.round(channel + ((ends[index] as number) - channel) * share).toString(16).padStart(2, '0')).join('')}`
}

function channels(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
