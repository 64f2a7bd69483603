// Is a value read from a file the numbers that it should be?

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

export const isNumber = (value: unknown): value is number => Number.isFinite(value)

export const isRow = (value: unknown, length: number): value is readonly number[] => Array.isArray(value) && value.length === length && value.every(isNumber)

export const isTable = (value: unknown, rows: number, columns: number): value is readonly (readonly number[])[] =>
  Array.isArray(value) && value.length === rows && value.every((row) => isRow(row, columns))

export const hasNumbers = <Name extends string>(value: unknown, names: readonly Name[]): value is Readonly<Record<Name, number>> =>
  isRecord(value) && names.every((name) => isNumber(value[name]))
