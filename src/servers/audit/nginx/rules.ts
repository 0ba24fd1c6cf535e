import { type Rule, ruleOf } from "../../nginx/settings/rules.ts"
import type { Directive } from "../../nginx/syntax/directive.ts"
import { AddressSet } from "../address-set.ts"

/** Whom one line of an access list is about. */
export const addressesOf = ({ whom }: Pick<Rule, "whom">): AddressSet =>
  whom === "all" ? AddressSet.all() : whom === "unix:" ? AddressSet.sockets() : AddressSet.of(whom)

/** The access list a block writes of its own; empty where it inherits. */
export const ownRules = ({ block }: Directive): readonly Rule[] =>
  (block ?? []).flatMap((it) => (it.name === "allow" || it.name === "deny" ? (ruleOf(it) ?? []) : []))

/** Who is let in by a list, which is read from the top; whom no line is about is let in. */
export function letIn(rules: readonly Pick<Rule, "allows" | "whom">[]): AddressSet {
  const met = AddressSet.none()
  const refused = AddressSet.none()
  for (const rule of rules) {
    const fresh = met.add(addressesOf(rule))
    if (!rule.allows) refused.add(fresh)
  }
  return refused.complement()
}

/** A line that no address ever gets to. */
export interface DeadRule {
  readonly rule: Rule
  /** One of those above that, together, take all of its addresses; undefined where no client has such an address. */
  readonly by: Rule | undefined
  /** A line above says the opposite of some of its addresses. */
  readonly isContrary: boolean
}

/** As many of one list as anyone reads. */
const MOST = 100

/** Lines of a list that decide about nobody: removing them all changes the decision of no address. */
export function deadRules(rules: readonly Rule[]): readonly DeadRule[] {
  const met = AddressSet.none()
  const kept: { readonly rule: Rule; readonly addresses: AddressSet }[] = []
  const dead: DeadRule[] = []
  for (const rule of rules) {
    if (dead.length >= MOST) break
    const addresses = addressesOf(rule)
    if (!met.add(addresses).isEmpty) {
      kept.push({ rule, addresses })
      continue
    }
    const over = kept.filter((it) => !it.addresses.intersect(addresses).isEmpty).map((it) => it.rule)
    const contrary = over.find((it) => it.allows !== rule.allows)
    dead.push({ rule, by: contrary ?? over[0], isContrary: contrary !== undefined })
  }
  return dead
}
