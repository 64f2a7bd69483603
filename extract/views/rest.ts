// Types for what the other types of an ontology leave over.

/** `Thing`, `OtherEntity`: no description tells what such a thing looks like, and no example what the next one will. */
const REST = /^(?:(?:named|other|any|some)?(?:thing|entity|object|item|concept)|other|others|miscellaneous|misc|unknown|anything|something)$/iu

/** Whether a type, by its name, is for whatever the others leave over. */
export function isRest(type: string): boolean {
  return REST.test(type)
}
