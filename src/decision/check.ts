import type { Cause } from "./cause.ts"
import type { Fact } from "./fact.ts"
import type { Audience } from "./party.ts"
import type { Relation } from "./relation.ts"
import type { Source } from "./source.ts"
import type { Stage } from "./stage.ts"
import type { NonEmpty, Value } from "./value.ts"

/** What is required: written down at a place, by someone, for someone's eyes; or itself a fact. */
export type Requirement<R extends Value, W> =
  | {
      readonly kind: "written"
      readonly value: R
      readonly source: Source
      readonly shownTo: Audience
      /** Whether the value itself stands at the source, so that putting another there is a way to mend. */
      readonly editable: boolean
    }
  | { readonly kind: "fact"; readonly fact: Fact<R, W>; readonly source: Source }

/** One comparison: a fact, a relation, a requirement, and where the requirement comes from. */
export interface Check<W> {
  readonly fact: Fact<Value, W>
  readonly relation: Relation<Value, Value>
  readonly requirement: Requirement<Value, W>
}

/** At least one check must hold. When none does, `cause` is why, and the checks are the evidence. */
export interface Clause<W> {
  readonly stage: Stage
  readonly cause: Cause
  readonly anyOf: NonEmpty<Check<W>>
  /** What it means when no check holds and at least one could not be judged. There is no default. */
  readonly whenUnknown: "allow" | { readonly deny: Cause }
}

/** Proves that fact, relation and requirement fit each other; everything later only carries them along. */
export function check<T extends Value, R extends Value, W>(
  // Inferred from the relation alone: a fact that may be null does not fit a relation that was never told of null.
  fact: Fact<NoInfer<T>, W>,
  relation: Relation<T, R>,
  requirement: Requirement<NoInfer<R>, W>,
): Check<W> {
  // The one cast of the core: T and R were matched by this signature and are forgotten here, so that a plan can hold
  // checks of all types. They meet again only through this pair.
  return Object.freeze({ fact, relation, requirement }) as unknown as Check<W>
}

/** A requirement written by someone. `shownTo` says who may be told it: a list of others' addresses is not for callers. */
export const written = <const R extends Value>(value: R, source: Source, shownTo: Audience) =>
  ({ kind: "written", value, source, shownTo, editable: true }) as const

/** A requirement that follows from what is written at a place, without standing there itself. */
export const following = <const R extends Value>(value: R, source: Source, shownTo: Audience) =>
  ({ kind: "written", value, source, shownTo, editable: false }) as const
