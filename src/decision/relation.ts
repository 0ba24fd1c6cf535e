import type { Value } from "./value.ts"

/** One way to make a comparison hold: change what was seen, or change what is required. */
export type Offer<T extends Value, R extends Value> = { readonly observed: T } | { readonly required: R }

/**
 * A comparison that knows whether it holds, how to say that it does not, and how to mend it.
 *
 * Laws, tested for every relation: each offer makes `holds` true; `prepare(r)(o)` is `holds(o, r)`;
 * `say` with a value withheld never contains that value.
 */
export interface Relation<T extends Value, R extends Value> {
  readonly name: string
  holds(observed: T, required: R): boolean
  /** The same with the requirement known when the plan is built; may parse or index it, once. */
  prepare?(required: R): (observed: T) => boolean
  /** Why it does not hold. `undefined` stands for what the audience may not be told. */
  say(observed: T | undefined, required: R | undefined): string
  offers(observed: T, required: R): readonly Offer<T, R>[]
}
