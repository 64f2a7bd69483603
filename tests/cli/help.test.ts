import { expect, test } from 'vitest'
import { DEFAULTS } from '../../extract/extract.ts'
import { graphloom, workFolder } from '../integration/graphloom.ts'

test('the precision that help names is the one that the extractor takes', async () => {
  const { stdout } = await graphloom(['ingest', '--help'], { cwd: workFolder() })
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`target precision of accepted facts (default: ${DEFAULTS.precision})`)
})
