import type { NonEmpty } from "../decision/value.ts"
import type { Exhibits, Part } from "../exhibits/exhibits.ts"

/**
 * How much a clue weighs: how much likelier it is to be seen when the cause is at work than when another is.
 *
 * `proof`: a machine code or sentence only this cause writes. `strong`: written for this cause and few others.
 * `fair`: usual with it, not rare without. `slight`: a nudge between neighbours. `against`: seldom seen with it.
 * `rules-out`: never seen with it.
 */
export const WEIGHTS = { proof: 7, strong: 4.5, fair: 2.3, slight: 1, against: -2.3, "rules-out": -8 } as const
export type Weight = keyof typeof WEIGHTS

/** How it is known. What is only remembered by someone may not weigh more than `slight`. */
export type Basis = "observed" | "source" | "documented" | "case" | "memory"

/** Text looked for in some parts of what was given. A string is looked for as it stands, whatever its case. */
export interface Look {
  readonly in: NonEmpty<Part>
  /** Without nested or overlapping repetition: it meets hostile text. Flags: none but `i`, `s`, `m`, `u`. */
  readonly text: string | RegExp
  /** Texts in lower case of which one stands in whatever `text` matches, where that is known: looked for first. */
  readonly needles?: readonly string[]
}

/** Something about the request, the answer or the rest that text alone does not say. */
export interface Test {
  /** What was seen, or undefined for nothing. Must not throw, and takes time in proportion to what was given. */
  see(exhibits: Exhibits): Sight | undefined
}

/** A place in what was given: `quote` stands there, letter by letter. */
export interface Sight {
  readonly from: string
  readonly quote: string
}

/** Evidence for a cause or against it, where every part of it is seen. */
export interface Clue {
  readonly weight: Weight
  readonly basis: Basis
  /** What seeing it means, as a clause: `nginx writes this when allow and deny end in a denial`. */
  readonly says: string
  /** Each must be found; the first is what is quoted. */
  readonly all: NonEmpty<Look | Test>
  /** None may be found. */
  readonly none?: readonly (Look | Test)[]
}
