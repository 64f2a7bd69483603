// Answers held against the OpenAPI document: the schemas are compiled by a JSON-schema validator that knows nothing of zod.
import { Ajv2020 } from 'ajv/dist/2020.js'
import { openApiDocument, ROUTES, type Route } from '../../api/index.ts'

export const DOCUMENT = openApiDocument(ROUTES as readonly unknown[] as readonly Route[], '0.0.0')

const ajv = new Ajv2020({ strict: false, allErrors: true })
ajv.addSchema({ $id: 'openapi', ...DOCUMENT })

/** What is wrong with an answer; nothing where it is as described. `fields` may have left out what is required. */
export function mismatches({ method, path, status, mediaType, body, selected = false }: { readonly method: string; readonly path: string; readonly status: number; readonly mediaType: string; readonly body: unknown; readonly selected?: boolean }): readonly string[] {
  const pointer = (parts: readonly string[]) => `openapi#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
  const place = path.replace(/:(\w+)/g, '{$1}')
  const operation = DOCUMENT.paths[place]?.[method]
  if (operation === undefined) return [`${method} ${path} is not described`]
  const answer = operation.responses[status] === undefined ? 'default' : String(status)
  const content = (operation.responses[answer]?.['content'] ?? {}) as Record<string, unknown>
  if (content[mediaType] === undefined) return [`${status} ${mediaType} is not described for ${method} ${path}`]
  const validate = ajv.getSchema(pointer(['paths', place, method, 'responses', answer, 'content', mediaType, 'schema']))
  if (validate === undefined) return [`no schema for ${method} ${path} ${answer}`]
  if (validate(body)) return []
  return (validate.errors ?? []).filter(({ keyword }) => !(selected && keyword === 'required')).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
}
