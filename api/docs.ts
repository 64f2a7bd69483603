// OpenAPI document -> a page that people read, whole without script or network.
import type { OpenApiDocument, Operation } from './openapi.ts'
import { PROBLEMS } from './problem.ts'

type Json = Readonly<Record<string, unknown>>

/** The docs page of the API. */
export function docsPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })))
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))]
  const { title, version, description } = document['info'] as { title: string; version: string; description: string }
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${text(title)} API</title><link rel="stylesheet" href="/docs/style.css"></head>
<body><nav aria-label="Routes"><h1>${text(title)} API</h1><p>Version ${text(version)}. <a href="/openapi.json">openapi.json</a></p>
${tags.map((tag) => `<h2>${text(tag)}</h2><ul>${operations.filter(({ operation }) => operation.tags.includes(tag)).map(({ path, method, operation }) => `<li><a href="#${operation.operationId}"><code>${method.toUpperCase()}</code> ${text(path)}</a></li>`).join('')}</ul>`).join('\n')}
<h2>Records</h2><ul>${Object.keys(document.components.schemas).map((name) => `<li><a href="#schema-${name}">${text(name)}</a></li>`).join('')}</ul></nav>
<main><p>${text(description)}</p>
${tags.map((tag) => `<h2>${text(tag)}</h2>${operations.filter(({ operation }) => operation.tags.includes(tag)).map(operationSection).join('\n')}`).join('\n')}
<h2>Records</h2>${Object.entries(document.components.schemas).map(([name, schema]) => `<section id="schema-${name}"><h3>${text(name)}</h3>${fields(schema)}</section>`).join('\n')}
<h2>Problems</h2><table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead><tbody>${Object.entries(PROBLEMS).map(([code, { status, meaning }]) => `<tr id="problem-${code.replace('.', '-')}"><td><code>${code}</code></td><td>${status}</td><td>${text(meaning)}</td></tr>`).join('')}</tbody></table>
</main></body></html>
`
}

function operationSection({ path, method, operation }: { readonly path: string; readonly method: string; readonly operation: Operation }): string {
  const body = (operation['requestBody'] as { content: Record<string, { schema: Json; example?: unknown }> } | undefined)?.content
  const answers = Object.entries(operation.responses).filter(([status]) => status !== '304')
  return `<section id="${operation.operationId}"><h3><code>${method.toUpperCase()} ${text(path)}</code></h3><p><strong>${text(operation.summary)}.</strong> ${text(String(operation['description'] ?? ''))}</p>
${operation.parameters.length ? `<table><thead><tr><th>Parameter</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${operation.parameters.map(({ name, in: place, required, schema, description = '', example }) => `<tr><td><code>${text(name)}</code>${place === 'path' ? ' (path)' : required ? ' (needed)' : ''}</td><td>${typeOf(schema)}</td><td>${text(description)}${example === undefined ? '' : ` <span class="example">e.g. <code>${text(String(example))}</code></span>`}</td></tr>`).join('')}</tbody></table>` : ''}
${body ? Object.entries(body).map(([media, { schema, example }]) => `<p>Body, <code>${text(media)}</code>: ${typeOf(schema)}</p>${example === undefined ? '' : `<pre>${text(JSON.stringify(example, null, 2))}</pre>`}`).join('') : ''}
<ul>${answers.map(([status, answer]) => `<li><code>${text(status)}</code> ${text(String(answer['description'] ?? ''))} ${Object.entries((answer['content'] ?? {}) as Record<string, { schema: Json }>).map(([media, { schema }]) => `<code>${text(media)}</code>: ${typeOf(schema)}`).join('')}</li>`).join('')}</ul></section>`
}

function fields(schema: Json): string {
  const properties = (schema['properties'] ?? {}) as Record<string, Json>
  const required = (schema['required'] ?? []) as readonly string[]
  if (!Object.keys(properties).length) return `<p>${typeOf(schema)}</p>`
  return `<table><thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${Object.entries(properties).map(([name, property]) => `<tr><td><code>${text(name)}</code>${required.includes(name) ? '' : '?'}</td><td>${typeOf(property)}</td><td>${text(String(property['description'] ?? ''))}</td></tr>`).join('')}</tbody></table>`
}

/** A type in words, with links to records. */
function typeOf(schema: Json): string {
  const { $ref, type, items, properties, anyOf, oneOf, const: constant, enum: values } = schema as Json & { $ref?: string; items?: Json; properties?: Record<string, Json>; anyOf?: Json[]; oneOf?: Json[]; enum?: unknown[] }
  if ($ref) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1)
    return `<a href="#schema-${text(name)}">${text(name)}</a>`
  }
  if (constant !== undefined) return `<code>${text(JSON.stringify(constant))}</code>`
  if (values) return values.map((value) => `<code>${text(String(value))}</code>`).join(' or ')
  const union = anyOf ?? oneOf
  if (union) return union.map(typeOf).join(' or ')
  if (items) return `list of ${typeOf(items)}`
  if (properties) return `{ ${Object.entries(properties).map(([name, property]) => `${text(name)}: ${typeOf(property)}`).join(', ')} }`
  return text(String(type ?? 'anything'))
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Its style, light and dark. */
export const DOCS_STYLE = `:root{color-scheme:light dark;--line:#8884;--soft:#8881}
body{margin:0;font:15px/1.5 system-ui,sans-serif;display:grid;grid-template-columns:minmax(15rem,22rem) minmax(0,1fr)}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1rem;border-right:1px solid var(--line);box-sizing:border-box;font-size:14px}
nav ul{list-style:none;padding:0;margin:0}nav h1{font-size:1.2rem}nav h2{font-size:1rem;margin:1rem 0 .2rem}
main{padding:1rem 2rem;max-width:60rem}section{border-top:1px solid var(--line);padding:.5rem 0}section:target{background:var(--soft)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line)}
pre{overflow:auto;background:var(--soft);padding:.6rem}.example{opacity:.8}code{font-size:.93em;overflow-wrap:anywhere}
@media(max-width:50rem){body{display:block}nav{position:static;height:auto;border:0}main{padding:1rem}table{display:block;overflow:auto}}
`
