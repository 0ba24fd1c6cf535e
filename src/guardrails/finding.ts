/** A part of a text that a guardrail looks for: [from, to) in UTF-16 units. Never the text itself, which is not to be told. */
export interface Finding {
  /** What it is: `email`, `card`. */
  readonly kind: string
  readonly from: number
  readonly to: number
}
