import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { openApiDocument, type Route, ROUTES } from '../../api/index.ts'
import { operationId } from '../../api/openapi.ts'
import { DOCUMENT } from './described.ts'

const routes = ROUTES as readonly unknown[] as readonly Route[]

test('a validator accepts the OpenAPI document', async () => {
  expect(await new Validator().validate(JSON.parse(JSON.stringify(DOCUMENT)))).toMatchObject({ valid: true })
})

test('every route is in it, with a summary, an answer, a failure and its role', () => {
  for (const route of routes) {
    const operation = DOCUMENT.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method]
    expect({ route: `${route.method} ${route.path}`, operation }).toMatchObject({ operation: { summary: expect.stringMatching(/./), description: expect.stringContaining(`Role: ${route.role}`), responses: { [route.status]: {}, default: {} } } })
  }
})

test('no two routes are called alike, and no two answer the same request', () => {
  expect(new Set(routes.map(operationId)).size).toBe(routes.length)
  expect(new Set(routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`)).size).toBe(routes.length)
})

test('every reference leads to a record', () => {
  const names = [...JSON.stringify(DOCUMENT).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
  expect(names.filter((name) => DOCUMENT.components.schemas[name ?? ''] === undefined)).toEqual([])
})

test('every parameter of a path has an example, so that the docs can be tried', () => {
  const missing = routes.flatMap(({ path, example }) => [...path.matchAll(/:(\w+)/g)].filter(([, name = '']) => example.params?.[name] === undefined).map(() => path))
  expect(missing).toEqual([])
})

test('the same routes give the same document', () => {
  expect(JSON.stringify(openApiDocument(routes, '0.0.0'))).toBe(JSON.stringify(DOCUMENT))
})
