import { lineBefore, lineInside } from "../../nginx/edits.ts"
import type { Rule } from "../../nginx/settings/rules.ts"
import type { Directive } from "../../nginx/syntax/directive.ts"
import { proposed } from "../finding.ts"
import { addressesOf, deadRules, letIn, ownRules } from "./rules.ts"
import {
  foundAt,
  labelOf,
  lineOf,
  type NginxCheck,
  type NginxFinding,
  type NginxSite,
  removalOf,
  textOf,
} from "./site.ts"

/** Blocks in which an access list may stand or go on. */
const BLOCKS = new Set(["server", "location", "limit_except", "if"])

/** What holds in a block for whom is let in. */
interface Around {
  readonly rules: readonly Rule[]
  /** `satisfy any`: whom no line is about is asked for a password instead of being let in. */
  readonly satisfiesAny: boolean
}

/** Lines of access lists that decide nothing, lists that refuse nobody, and lists that undo stricter ones around them. */
export const accessLists: NginxCheck = (site) =>
  inBlock(site, site.configuration.http, { rules: [], satisfiesAny: false })

function* inBlock(site: NginxSite, block: Directive, around: Around): Generator<NginxFinding> {
  const own = ownRules(block)
  const satisfy = (block.block ?? []).find((it) => it.name === "satisfy")
  const satisfiesAny = satisfy === undefined ? around.satisfiesAny : satisfy.args[0]?.text === "any"
  yield* shadowed(site, own)
  if (own.length > 0 && !satisfiesAny) {
    if (block.name !== "limit_except") yield* refusingNobody(site, block, own)
    yield* replacing(site, block, own, around.rules)
  }
  if (block.name === "limit_except" && !satisfiesAny) yield* exceptingNothing(site, block, own.at(-1))
  const inside = { rules: own.length > 0 ? own : around.rules, satisfiesAny }
  for (const inner of block.block ?? []) if (BLOCKS.has(inner.name)) yield* inBlock(site, inner, inside)
}

function* shadowed(site: NginxSite, rules: readonly Rule[]): Generator<NginxFinding> {
  for (const { rule, by, isContrary } of deadRules(rules)) {
    const { directive } = rule
    const above = by === undefined ? undefined : `\`${by.said}\` on ${lineOf(by.directive, directive)}`
    yield foundAt(site, directive, {
      name: "nginx/rule-shadowed",
      severity: isContrary ? "warning" : "note",
      why:
        above === undefined
          ? `no client has such an address: nginx takes IPv4 inside IPv6 for IPv4`
          : `nginx reads the list from the top, and ${above} has decided about every address \`${rule.said}\` is for`,
      effect: isContrary
        ? `${rule.allows ? "lets in" : "refuses"} nobody, against what it says`
        : "decides about nobody; without it nothing changes",
      change: proposed(`Remove \`${rule.said};\``, removalOf(site, directive)),
    })
  }
}

function* refusingNobody(site: NginxSite, block: Directive, rules: readonly Rule[]): Generator<NginxFinding> {
  const last = rules.at(-1)
  // Where a line refuses in words, what it does is another finding; `allow all` says that all are meant.
  if (last === undefined || rules.some((it) => !it.allows || it.whom === "all") || !letIn(rules).isAll) return
  yield foundAt(site, last.directive, {
    name: "nginx/rules-refuse-nobody",
    why: `the list of \`${labelOf(block)}\` only allows, and nginx lets in whomever no line is about`,
    effect: "lets in everybody, not only those it names",
    change: proposed("Add `deny all;` behind it", lineBehind(site, last.directive, "deny all;")),
  })
}

function lineBehind({ configuration }: NginxSite, directive: Directive, line: string) {
  const { file, line: number, column } = directive.at
  const remove = textOf(configuration, file).slice(directive.start, directive.end)
  const insert = `${remove}\n${" ".repeat(column - 1)}${line}`
  return [{ kind: "text", file, line: number, column, remove, insert } as const]
}

function* replacing(
  site: NginxSite,
  block: Directive,
  own: readonly Rule[],
  around: readonly Rule[],
): Generator<NginxFinding> {
  const [first] = own
  const [outer] = around
  if (first === undefined || outer === undefined) return
  const admitted = letIn(own)
  const fresh = admitted.minus(letIn(around))
  const example = fresh.example()
  if (example === undefined) return
  yield foundAt(site, first.directive, {
    name: "nginx/rules-replaced",
    // One who writes `allow all` means it; one who restricts may think that what is around still holds.
    severity: own.some((it) => !it.allows) ? "warning" : "note",
    why: `a list in \`${labelOf(block)}\` replaces the one around it (${lineOf(outer.directive, first.directive)}) as a whole`,
    effect: `lets in ${example === "unix:" ? "peers on a socket" : `addresses such as ${example}`} that the list around refuses`,
    change: repeated(first, around, own),
  })
}

/** The refusals of the list around, said again; only where both lists together then let in whom both let in. */
function repeated(first: Rule, around: readonly Rule[], own: readonly Rule[]) {
  const admitted = letIn(own)
  const denies = around.filter((it) => !it.allows && !addressesOf(it).intersect(admitted).isEmpty)
  const wanted = admitted.intersect(letIn(around))
  const together = letIn([...denies, ...own])
  const does = "Say in this block too whom the list around refuses, if they are meant to be refused here"
  if (!together.covers(wanted) || !wanted.covers(together)) return proposed(does)
  const lines = denies.map((it) => `${it.said};`).join(" ")
  return proposed(`Add \`${lines}\` before it`, lineBefore(first.directive, lines, "").patches)
}

const EXCEPTING = new Set(["deny", "auth_basic", "auth_basic_user_file", "auth_jwt", "auth_request", "proxy_pass"])

function* exceptingNothing(site: NginxSite, block: Directive, last: Rule | undefined): Generator<NginxFinding> {
  if ((block.block ?? []).some((it) => EXCEPTING.has(it.name))) return
  const patches =
    last === undefined
      ? lineInside(block, textOf(site.configuration, block.at.file), "deny all;", "")?.patches
      : lineBehind(site, last.directive, "deny all;")
  yield foundAt(site, block, {
    name: "nginx/limit-except-refuses-nothing",
    why: `\`${labelOf(block)}\` holds what is asked of all other methods, and asks nothing`,
    effect: "lets in every method",
    change: proposed("Add `deny all;` in it", patches),
  })
}
