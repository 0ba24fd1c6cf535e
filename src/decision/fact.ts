import type { Audience, Party } from "./party.ts"
import type { Source } from "./source.ts"
import type { Stage } from "./stage.ts"
import type { Unknown, Value } from "./value.ts"

/** What every fact says of itself, whatever fills it. */
export interface FactName {
  /** Dotted, lower case: `request.method`, `key.scopes`. Names are stored in records and never change. */
  readonly name: string
  readonly since: Stage
  /** Who could change it. */
  readonly party: Party
  /** Who may be told its value. Everyone may be told its name. */
  readonly shownTo: Audience
}

/** Known at once, from what is at hand. Must not spend, wait or change anything. */
export interface ReadFact<T extends Value, W> extends FactName {
  readonly kind: "read"
  read(world: W): T | Unknown
  /** Where this value was written down, where it was: changing it is then an edit of that place. */
  source?(world: W): Source | undefined
}

/** Known after waiting. A plan knows which of its clauses wait, and the others never do. */
export interface FetchedFact<T extends Value, W> extends FactName {
  readonly kind: "fetched"
  fetch(world: W): Promise<T | Unknown>
}

/**
 * Computed from other facts and from nothing else, so that a counterfactual which changes one of them sees the
 * consequence. Never stored.
 */
export interface DerivedFact<T extends Value> extends FactName {
  readonly kind: "derived"
  /** One to four. Unknown when any of them is. */
  readonly from: readonly Fact<Value, never>[]
  derive(a: Value, b: Value, c: Value, d: Value): T
  /**
   * Changes of the facts it is computed from, closest first, after which it may be something else; for default deny these
   * are the near misses. Positions as in `from`.
   */
  near?(a: Value, b: Value, c: Value, d: Value): readonly Near[]
}

/** Something that almost matched, and what would have had to differ. */
export interface Near {
  /** What almost matched: `GET /orders/*`. */
  readonly name: string
  /** The first operand that failed, as a sentence. */
  readonly said: string
  readonly source: Source
  readonly changes: readonly { readonly at: number; readonly to: Value }[]
}

/**
 * What a decision would spend. Reading it live takes a reservation, which is released when the request is refused and
 * committed when it was answered; a simulation reads a snapshot and reserves nothing.
 */
export interface ReservedFact<T extends Value, W> extends FactName {
  readonly kind: "reserved"
  /** As `peek`, with this request counted in. */
  reserve(world: W): T | Unknown
  /** `reserved`: what `reserve` answered; where that was already too much, nothing was taken and nothing is given back. */
  release(world: W, reserved: T): void
  /** What `reserve` would say now, without taking it. */
  peek(world: W): T | Unknown
}

/** One named thing that can be known about a request. */
export type Fact<T extends Value, W> = ReadFact<T, W> | FetchedFact<T, W> | DerivedFact<T> | ReservedFact<T, W>

type Spec<F extends { readonly kind: string }> = Omit<F, "kind">

export const readFact = <T extends Value, W>(spec: Spec<ReadFact<T, W>>): ReadFact<T, W> =>
  Object.freeze({ ...spec, kind: "read" })

export const fetchedFact = <T extends Value, W>(spec: Spec<FetchedFact<T, W>>): FetchedFact<T, W> =>
  Object.freeze({ ...spec, kind: "fetched" })

export const derivedFact = <T extends Value>(spec: Spec<DerivedFact<T>>): DerivedFact<T> =>
  Object.freeze({ ...spec, kind: "derived" })

export const reservedFact = <T extends Value, W>(spec: Spec<ReservedFact<T, W>>): ReservedFact<T, W> =>
  Object.freeze({ ...spec, kind: "reserved" })
