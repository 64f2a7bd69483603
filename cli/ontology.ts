// graphloom ontology check: every problem with its place.
import { checkOntology } from '../ontology/index.ts'
import { EXIT } from './exit.ts'

export async function check(file: string, { json }: { readonly json?: boolean }): Promise<void> {
  const { ontology, problems } = await checkOntology(file)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  if (json) process.stdout.write(`${JSON.stringify({ file, errors, warnings: problems.length - errors, problems }, null, 2)}\n`)
  else {
    for (const { severity, code, file: place, line, message } of problems) process.stdout.write(`${place}:${line}: ${severity}: ${message} [${code}]\n`)
    const size = ontology ? `${Object.keys(ontology.types).length} types, ${Object.keys(ontology.relations).length} relations; ` : ''
    process.stdout.write(`${file}: ${size}${errors} errors, ${problems.length - errors} warnings\n`)
  }
  if (errors) process.exitCode = EXIT.usage
}
