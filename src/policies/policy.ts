import type { z } from "zod"
import type { Clause } from "../decision/check.ts"
import type { Source } from "../decision/source.ts"
import type { IdentityFacts } from "../facts/identity.ts"
import type { Method } from "../facts/methods.ts"
import type { CredentialPlace, World } from "../facts/world.ts"

/** Where a policy is being turned into clauses: one track, of one route and one method. */
export interface PolicyContext {
  readonly method: Method
  /** The facts of the track's `key-auth`; undefined when it has none. */
  readonly identity: IdentityFacts | undefined
  /** The policy's place in the configuration: what it counts is counted for all tracks it is on. */
  readonly id: string
  /** How many policies of its kind come before it on the track. */
  readonly ordinal: number
  /** Where a part of the options is written; `[]` for the whole policy. */
  sourceAt(path: readonly (string | number)[]): Source
  /** Reports options that can never work here. */
  refuse(path: readonly (string | number)[], message: string, hint: string): void
}

/** Turns its options into clauses, once per track, when the plan is built. It never sees a request, and never denies. */
export interface Policy<Options> {
  /** As written in the configuration. */
  readonly name: string
  /** One line for editors and documentation. */
  readonly summary: string
  readonly options: z.ZodType<Options>
  /** For policies that say where a credential stands. */
  places?(options: Options): readonly CredentialPlace[]
  clauses(options: Options, context: PolicyContext): readonly Clause<World>[]
}

/** A policy that has been given its options: what is left of its type once they are checked. */
export interface BoundPolicy {
  readonly name: string
  readonly places: readonly CredentialPlace[] | undefined
  clauses(context: PolicyContext): readonly Clause<World>[]
}

export const bind = <Options>(policy: Policy<Options>, options: Options): BoundPolicy => ({
  name: policy.name,
  places: policy.places?.(options),
  clauses: (context) => policy.clauses(options, context),
})

/** A policy as the configuration's schema offers it: options in, a bound policy out. */
export interface OfferedPolicy {
  readonly name: string
  readonly summary: string
  readonly schema: z.ZodType<BoundPolicy>
}

export const offer = <Options>(policy: Policy<Options>): OfferedPolicy => ({
  name: policy.name,
  summary: policy.summary,
  schema: policy.options.transform((options) => bind(policy, options)),
})
