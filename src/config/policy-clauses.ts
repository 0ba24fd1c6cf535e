import type { Clause } from "../decision/check.ts"
import { type IdentityFacts, identityFacts } from "../facts/identity.ts"
import type { Method } from "../facts/methods.ts"
import type { World } from "../facts/world.ts"
import type { BoundPolicy } from "../policies/policy.ts"
import type { Document } from "../text/document.ts"
import type { ConfigFault } from "../text/fault.ts"
import type { Path } from "../text/path.ts"
import type { Settings } from "./schema.ts"

/** A policy with the place it is written at. */
export interface PlacedPolicy {
  readonly policy: BoundPolicy
  readonly path: Path
}

/** The entries of a `policies` list, with their places. */
export const placed = (path: Path, entries: Settings["policies"]): readonly PlacedPolicy[] =>
  entries.flatMap((entry, i) =>
    Object.entries(entry).flatMap(([name, policy]) =>
      policy === undefined ? [] : [{ policy, path: [...path, i, name] }],
    ),
  )

/** Turns policies into clauses. Keys asked for in the same places give the same facts, wherever they are asked for. */
export class PolicyClauses {
  readonly #document: Document
  readonly #faults: ConfigFault[]
  readonly #identities = new Map<string, IdentityFacts>()

  /** `faults`: where options that can never work are told. */
  constructor(document: Document, faults: ConfigFault[]) {
    this.#document = document
    this.#faults = faults
  }

  /** The facts of the nearest policy that asks for a key; undefined where none does. */
  identity(policies: readonly PlacedPolicy[]): IdentityFacts | undefined {
    const places = asking(policies)?.policy.places
    if (places === undefined) return undefined
    const key = JSON.stringify(places)
    const facts = this.#identities.get(key) ?? identityFacts(places)
    this.#identities.set(key, facts)
    return facts
  }

  of(policies: readonly PlacedPolicy[], method: Method): readonly Clause<World>[] {
    const nearest = asking(policies)
    const identity = this.identity(policies)
    // Two ways to say where a key stands would ask for two keys; the nearest to the route is meant.
    const applied = policies.filter((it) => it.policy.places === undefined || it === nearest)
    return applied.flatMap(({ policy, path }, i) =>
      policy.clauses({
        method,
        identity,
        id: path.join("."),
        ordinal: applied.slice(0, i).filter((it) => it.policy.name === policy.name).length,
        sourceAt: (inside) => this.#document.sourceAt([...path, ...inside]),
        refuse: (inside, message, hint) => {
          const source = this.#document.sourceAt([...path, ...inside])
          this.#faults.push({ severity: "error", source, message, hint })
        },
      }),
    )
  }
}

const asking = (policies: readonly PlacedPolicy[]): PlacedPolicy | undefined =>
  policies.findLast(({ policy }) => policy.places !== undefined)
