// Where a name stands, in units of its sentence.
/** A name: units `from` to before `to` of a sentence, or a quoted title. */
export interface NameSpan {
  readonly sentence: number
  readonly from: number
  readonly to: number
  readonly title?: string
  readonly quoted?: true
}
