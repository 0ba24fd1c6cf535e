import { withMode, withPermissions } from "./changed.ts"
import { BIT, type Bit, type Guard, rightOf } from "./rights.ts"
import type { Reader } from "./tree.ts"

/** What is asked of an entry: one bit, by someone. */
export interface Demand {
  readonly bit: Bit
  readonly reader: Reader
}

/** One change of an entry, and what it makes of it. */
export interface Opening<G extends Guard> {
  readonly guard: G
  readonly change:
    | { readonly kind: "mode"; readonly to: number; readonly of: "owner" | "group" | "other" }
    | { readonly kind: "acl"; readonly who: "user"; readonly id: number; readonly permissions: number }
}

/**
 * Single changes after which an entry grants what it denied, least grant first: the bit of the owning group where the reader
 * is in it, an entry in the access control list for the reader alone, the bit of all others.
 */
export function openings<G extends Guard>(guard: G, demand: Demand): readonly Opening<G>[] {
  const { bit, reader } = demand
  const right = rightOf(guard, reader, bit)
  if (right.kind !== "denied") return []
  const { by } = right
  const tried =
    by === "root" || by === "owner"
      ? [byMode(guard, bit, "owner")]
      : [
          ...(by === "group" && guard.acl === undefined ? [byMode(guard, bit, "group")] : []),
          ...byList(guard, demand),
          ...(by === "other" ? [byMode(guard, bit, "other")] : []),
        ]
  return tried.filter((it) => rightOf(it.guard, reader, bit).kind === "granted")
}

const SHIFT = { owner: 6, group: 3, other: 0 } as const

function byMode<G extends Guard>(guard: G, bit: Bit, of: keyof typeof SHIFT): Opening<G> {
  const to = guard.mode | (BIT[bit] << SHIFT[of])
  return { guard: withMode(guard, to), change: { kind: "mode", to, of } }
}

/** An entry of the reader's own must not take away what another class granted them. */
function byList<G extends Guard>(guard: G, { bit, reader }: Demand): readonly Opening<G>[] {
  const has = (it: Bit): number => (rightOf(guard, reader, it).kind === "granted" ? BIT[it] : 0)
  const permissions = BIT[bit] | has("read") | has("write") | has("execute")
  const named = withPermissions(guard, "user", reader.user, permissions)
  return named === undefined
    ? []
    : [{ guard: named, change: { kind: "acl", who: "user", id: reader.user, permissions } }]
}
