import type { Cause } from "../decision/cause.ts"

/** A cause with a page. */
export interface DocumentedCause extends Cause {
  /** Why anyone would insist on it: what goes wrong where nobody does. For the page; what is told of one refusal is `explain`. */
  readonly why: string
}

export const cause = (spec: DocumentedCause): DocumentedCause => Object.freeze(spec)
