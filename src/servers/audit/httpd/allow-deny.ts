import type { Compat, Entry } from "../../httpd/access/compat.ts"
import { networkOf } from "../../httpd/access/network.ts"
import { sourceOf, titleOf } from "../../httpd/language/directive.ts"
import { AddressSet } from "../address-set.ts"
import { proposed } from "../finding.ts"
import { everySection, foundAt, type HttpdCheck, lineOf } from "./site.ts"

/** `Order`, `Allow` and `Deny` beside `Require`: both must let in, which hardly anybody who mixes them means. */
export const mixedAccess: HttpdCheck = function* (site) {
  for (const { settings, title } of everySection(site.configuration)) {
    const { compat } = settings
    const require = settings.authorization?.root?.children[0]
    if (compat === undefined || require === undefined) continue
    const at = sourceOf(compat.directive)
    const line = require.kind === "requirement" ? `, ${lineOf(sourceOf(require.directive), at)}` : ""
    yield foundAt(site, at, {
      name: "httpd/access-mixed",
      why: `${title} holds \`${titleOf(compat.directive)}\` of httpd 2.2 beside \`Require\` of 2.4${line}: one is asked after the other, and each refuses for itself`,
      effect: "lets in only whom both let in, whatever one of them says",
      change: proposed(`Say it with \`Require\` alone: ${translated(compat)}`),
    })
  }
}

function translated({ allows, denies, orders }: Compat): string {
  const isOpen = orders.at(-1)?.value === "deny,allow" || orders.length === 0
  const named = (list: readonly Entry[]): string =>
    list.map(({ from }) => (from.kind === "network" ? from.network : "…")).join(" ")
  if (denies.some((it) => it.from.kind === "all") && !allows.some((it) => it.from.kind === "all"))
    return allows.length === 0 || !isOpen ? "`Require all denied`" : `\`Require ip ${named(allows)}\``
  if (denies.length === 0)
    return isOpen || allows.some((it) => it.from.kind === "all")
      ? "`Require all granted`"
      : `\`Require ip ${named(allows)}\``
  return `\`<RequireAll>\` with \`Require all granted\` and \`Require not ip ${named(denies)}\``
}

/** Whom a list lets in, with what depends on more than the address met or not (`check_dir_access`). */
function letIn({ allows, denies, orders }: Compat, isMet: (it: Entry) => boolean): AddressSet {
  const of = (list: readonly Entry[]): AddressSet =>
    list.reduce(
      (set, it) => set.union(addressesOf(it) ?? (isMet(it) ? AddressSet.all() : AddressSet.none())),
      AddressSet.none(),
    )
  const order = orders.at(-1)?.value
  return order === undefined || order === "deny,allow"
    ? of(allows).union(of(denies).complement())
    : of(allows).minus(of(denies))
}

/** Undefined where it depends on more than the address. */
function addressesOf({ from }: Entry): AddressSet | undefined {
  if (from.kind === "all") return AddressSet.all()
  const network = from.kind === "network" ? networkOf(from.network) : undefined
  return network === undefined ? undefined : AddressSet.of(network)
}

const MOST_OPAQUE = 8
const MOST_ENTRIES = 200

/** Entries without which everybody is decided about as before; all of them may go together. */
export function deadEntries(compat: Compat): readonly Entry[] {
  const entries = [...compat.allows, ...compat.denies]
  const opaque = entries.filter((it) => addressesOf(it) === undefined)
  const isPlain = [...entries, ...compat.orders].every((it) => it.methods.layers.length === 0)
  if (!isPlain || opaque.length > MOST_OPAQUE || entries.length > MOST_ENTRIES) return []
  const decisions = (of: Compat): readonly AddressSet[] =>
    Array.from({ length: 2 ** opaque.length }, (_, bits) => letIn(of, (it) => ((bits >> opaque.indexOf(it)) & 1) === 1))
  const before = decisions(compat)
  let kept = compat
  const dead: Entry[] = []
  for (const entry of entries.toReversed()) {
    const without = {
      ...kept,
      allows: kept.allows.filter((it) => it !== entry),
      denies: kept.denies.filter((it) => it !== entry),
    }
    const after = decisions(without)
    if (!before.every((set, at) => after[at]?.covers(set) === true && set.covers(after[at]))) continue
    kept = without
    dead.unshift(entry)
  }
  return dead
}

/** `Allow` and `Deny` that change nothing, for the order they are read in. */
export const deadAllowDeny: HttpdCheck = function* (site) {
  for (const { settings, title } of everySection(site.configuration)) {
    const { compat } = settings
    if (compat === undefined) continue
    const order = compat.orders.at(-1)?.value ?? "deny,allow"
    const told = new Set<string>()
    for (const entry of deadEntries(compat)) {
      const at = sourceOf(entry.directive)
      const isAllow = compat.allows.includes(entry)
      const isContrary = (isAllow ? compat.denies : compat.allows).length > 0
      if (told.has(`${at.file}:${at.line}`)) continue
      told.add(`${at.file}:${at.line}`)
      yield foundAt(site, at, {
        name: "httpd/allow-deny-dead",
        severity: isContrary ? "warning" : "note",
        why: `in ${title} \`Order ${order}\` asks ${order === "deny,allow" ? "`Allow`" : "`Deny`"} last, whatever the lines' order, and lets in whom nothing is about: ${order === "deny,allow" ? "yes" : "no"}`,
        effect: `${isAllow ? "lets in" : "refuses"} nobody who would not be without it`,
        change: proposed(
          isContrary
            ? `Turn the order round with \`Order ${order === "deny,allow" ? "allow,deny" : "deny,allow"}\` if the line is meant, or take it out`
            : "Take it out",
        ),
      })
    }
  }
}
