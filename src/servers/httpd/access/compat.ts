import { type Check, check, following, written } from "../../../decision/check.ts"
import { present } from "../../../decision/relations.ts"
import { type Directive, sourceOf } from "../language/directive.ts"
import { covers, type Methods } from "../settings/methods.ts"
import { networkOf } from "./network.ts"
import { includesAny, includesNone, inNetworks, isLetIn, isLetInUnless, missing, outsideNetworks } from "./relations.ts"
import { clientAddress, clientName, environment, type World } from "./world.ts"

/** One `Allow from` or `Deny from` argument. */
export interface Entry {
  readonly from:
    | { readonly kind: "all" }
    | { readonly kind: "network"; readonly network: string }
    | { readonly kind: "env"; readonly name: string; readonly isAbsent: boolean }
    | { readonly kind: "host"; readonly name: string }
  readonly methods: Methods
  readonly directive: Directive
}

export type Order = "allow,deny" | "deny,allow" | "mutual-failure"

/** What is said for the methods it covers; the last that covers a method counts. */
interface Said<T> {
  readonly value: T
  readonly methods: Methods
  readonly directive: Directive
}

/** What mod_access_compat keeps per section. It has no rule for merging: a later section's replaces an earlier one's whole. */
export interface Compat {
  readonly orders: readonly Said<Order>[]
  readonly satisfies: readonly Said<"all" | "any">[]
  readonly allows: readonly Entry[]
  readonly denies: readonly Entry[]
  /** The first line of it. */
  readonly directive: Directive
}

export function readEntry(text: string): Entry["from"] | string {
  if (/^env=!/i.test(text)) return { kind: "env", name: text.slice(5), isAbsent: true }
  if (/^env=/i.test(text)) return { kind: "env", name: text.slice(4), isAbsent: false }
  if (text.toLowerCase() === "all") return { kind: "all" }
  if (networkOf(text) !== undefined) return { kind: "network", network: text }
  if (text.includes("/")) return "An IP address was expected"
  return text.includes("#") ? "No comments are allowed here" : { kind: "host", name: text }
}

export const satisfyOf = (compat: Compat | undefined, method: string): "all" | "any" =>
  compat?.satisfies.findLast((it) => covers(it.methods, method))?.value ?? "all"

/** Checks in all clauses; what is beyond is not judged. */
const MOST_CHECKS = 100_000

/** Clauses of which each must hold for the client to be let in (`check_dir_access`). */
export function compatClauses(compat: Compat, method: string): readonly (readonly Check<World>[])[] | undefined {
  const order = compat.orders.findLast((it) => covers(it.methods, method))
  const allows = compat.allows.filter((it) => covers(it.methods, method))
  const denies = compat.denies.filter((it) => covers(it.methods, method))
  if (denies.length * (1 + allows.length) > MOST_CHECKS) return undefined
  const allowing = allows.map((it) => entryCheck(it, false))
  const spared = denies.map((it) => entryCheck(it, true))
  if (order === undefined || order.value === "deny,allow") return spared.map((it) => [it, ...allowing])
  const nobody = check(clientAddress, isLetIn, following("denied", sourceOf(order.directive), "operator"))
  return [allowing.length === 0 ? [nobody] : allowing, ...spared.map((it) => [it])]
}

/** That an entry fits, or that it does not. */
function entryCheck({ from, directive }: Entry, isOpposite: boolean): Check<World> {
  const source = sourceOf(directive)
  switch (from.kind) {
    case "all":
      return check(clientAddress, isOpposite ? isLetInUnless : isLetIn, following("granted", source, "operator"))
    case "network":
      return check(
        clientAddress,
        isOpposite ? outsideNetworks : inNetworks,
        written([from.network], source, "operator"),
      )
    case "env": {
      const isSetWanted = from.isAbsent === isOpposite
      return check(environment, isSetWanted ? includesAny : includesNone, written([from.name], source, "operator"))
    }
    case "host":
      return isOpposite
        ? check(clientName, missing, following(null, source, "operator"))
        : check(clientName, present, following(from.name, source, "operator"))
  }
}
