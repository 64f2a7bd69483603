// An evaluation as one HTML page without scripts: tables and a reliability diagram in SVG.
import type { Evaluation, Quality } from '../extract/index.ts'

const SIZE = 320
const EDGE = 40

/** The page; everything it needs is inside. */
export function evaluationPage({ documents, strict, overlap, relations, calibrationError, bins }: Evaluation, { ontology, model }: { readonly ontology: string; readonly model: string }): string {
  const row = (name: string, { precision, recall, f1, right, wrong, missed }: Quality): string =>
    `<tr><th scope="row">${escape(name)}</th>${[precision, recall, f1].map((value) => `<td>${(100 * value).toFixed(1)}</td>`).join('')}<td>${right}</td><td>${wrong}</td><td>${missed}</td></tr>`
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Evaluation of ${escape(ontology)}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}td,th{padding:.2rem .7rem;text-align:right;border-bottom:1px solid #8886}th[scope=row]{text-align:left}svg{max-width:100%;height:auto}</style>
<h1>Evaluation</h1>
<p>${documents} documents, ontology ${escape(ontology)}, model ${escape(model)}. Accepted triples count.</p>
<table><caption>Quality (%)</caption><thead><tr><th></th><th>P</th><th>R</th><th>F1</th><th>right</th><th>wrong</th><th>missed</th></tr></thead><tbody>
${row('All, whole names', strict)}
${row('All, overlapping names', overlap)}
${Object.entries(relations).map(([name, each]) => row(name, each.overlap)).join('\n')}
</tbody></table>
<h2>Are the scores probabilities?</h2>
<p>Expected calibration error ${calibrationError.toFixed(3)}. A bar at the diagonal is right as often as its scores say; wide bars hold more claims.</p>
${diagram(bins)}
</html>
`
}

/** Share of right claims by score; bar width grows with the number of claims. */
function diagram(bins: Evaluation['bins']): string {
  const most = Math.max(1, ...bins.map(({ claims }) => claims))
  const x = (value: number): number => EDGE + value * SIZE
  const y = (value: number): number => EDGE / 2 + (1 - value) * SIZE
  const bars = bins.filter(({ claims }) => claims > 0).map(({ from, to, claims, meanScore, shareRight }) => {
    const width = (SIZE / bins.length) * Math.sqrt(claims / most) * 0.9
    const middle = x((from + to) / 2)
    return `<rect x="${(middle - width / 2).toFixed(1)}" y="${y(shareRight).toFixed(1)}" width="${width.toFixed(1)}" height="${(shareRight * SIZE).toFixed(1)}" fill="#3b76af"><title>scores ${from.toFixed(1)} to ${to.toFixed(1)}: ${claims} claims, mean score ${meanScore.toFixed(2)}, right ${shareRight.toFixed(2)}</title></rect>`
  })
  const ticks = [0, 0.5, 1].map((value) => `<text x="${x(value)}" y="${SIZE + EDGE}" text-anchor="middle">${value}</text><text x="${EDGE - 6}" y="${y(value) + 5}" text-anchor="end">${value}</text>`)
  return `<svg viewBox="0 0 ${SIZE + 2 * EDGE} ${SIZE + 1.6 * EDGE}" width="${SIZE + 2 * EDGE}" role="img" aria-label="Reliability diagram" fill="currentColor" font-size="13">
${bars.join('\n')}
<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}M${x(0)} ${y(1)}V${y(0)}H${x(1)}" fill="none" stroke="currentColor" opacity=".6"/>
${ticks.join('')}<text x="${x(0.5)}" y="${SIZE + EDGE * 1.45}" text-anchor="middle">score</text></svg>`
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
