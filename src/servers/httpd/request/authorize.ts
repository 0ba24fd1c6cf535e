import type { Cause } from "../../../decision/cause.ts"
import type { Check, Clause } from "../../../decision/check.ts"
import { OUTCOME } from "../../../decision/frame.ts"
import { apacheAuthzUser } from "../../../foreign/apache/authz-user.ts"
import { apacheCompatAllowDoesNotOverrideRequire } from "../../../foreign/apache/compat-allow-does-not-override-require.ts"
import { apacheCompatDeny } from "../../../foreign/apache/compat-deny.ts"
import { apacheDocrootOutsideGrantedTree } from "../../../foreign/apache/docroot-outside-granted-tree.ts"
import { apacheMissingRequireGranted } from "../../../foreign/apache/missing-require-granted.ts"
import { apacheRequireDenied } from "../../../foreign/apache/require-denied.ts"
import { type Group, granted, type Literal } from "../access/authorization.ts"
import { compatClauses, satisfyOf } from "../access/compat.ts"
import { all, any, clausesOf, type Formula, literal } from "../access/formula.ts"
import { checkOf } from "../access/provider.ts"
import { Facts, type World } from "../access/world.ts"
import { methodOf } from "../settings/methods.ts"
import { authenticate } from "./authenticate.ts"
import type { Exchange } from "./exchange.ts"
import { type Halt, unknown } from "./halt.ts"
import type { Running } from "./running.ts"

type Atom = Literal | Check<World>

/** Whether the client may: mod_access_compat, then mod_authz_core without a user, then with one (server/request.c). */
export function authorize(exchange: Exchange, running: Running): Halt | undefined {
  const { authorization, compat } = running.settings
  const method = methodOf(running.method)
  const facts = new Facts()
  const byAddress = compat === undefined ? [] : compatClauses(compat, method)
  if (byAddress === undefined) return unknown("whether the client may", "the lists of Allow and Deny are too many")
  if (satisfyOf(compat, method) === "any") {
    if (holdsFor(exchange, running, byAddress)) return undefined
    return byRequire(exchange, running, authorization?.root, method, facts, byAddress)
  }
  const denied = byCompat(exchange, running, byAddress)
  return denied ?? byRequire(exchange, running, authorization?.root, method, facts, [])
}

const clauseOf = (anyOf: readonly Check<World>[], cause: Cause): readonly Clause<World>[] => {
  const [first, ...others] = anyOf
  return first === undefined ? [] : [{ stage: "access", cause, anyOf: [first, ...others], whenUnknown: "allow" }]
}

function holdsFor(exchange: Exchange, running: Running, clauses: readonly (readonly Check<World>[])[]): boolean {
  const made = clauses.flatMap((it) => clauseOf(it, apacheCompatDeny))
  return exchange.refusal(running, made, { status: 403, code: undefined }) === undefined
}

function byCompat(
  exchange: Exchange,
  running: Running,
  clauses: readonly (readonly Check<World>[])[],
): Halt | undefined {
  const made = clauses.flatMap((it) => clauseOf(it, apacheCompatDeny))
  const outcome = judged(exchange, running, made, 403, "AH01797")
  return outcome === "user" ? undefined : outcome
}

/** Judges clauses of which none may be unknown but for want of a user, who is asked for then. */
function judged(
  exchange: Exchange,
  running: Running,
  clauses: readonly Clause<World>[],
  status: number,
  code: string,
): Halt | undefined | "user" {
  const verdict = exchange.decide(clauses, exchange.world(running))
  if (verdict.kind === "deny") return { kind: "refused", running, denial: verdict, status, code, failed: undefined }
  let needsUser = false
  for (const { checks } of verdict.track.clauses) {
    const outcomes = checks.map((it) => verdict.outcomes[it.at])
    if (outcomes.some((it) => it === OUTCOME.held)) continue
    const open = checks.filter((_, at) => outcomes[at] === OUTCOME.unknown)
    const other = open.find((it) => it.check.fact.name !== "request.user")
    if (other !== undefined) {
      const { fact, requirement } = other.check
      return unknown(fact.name, "a line asks for it that decides who may", requirement.source)
    }
    needsUser ||= open.length > 0
  }
  return needsUser ? "user" : undefined
}

function byRequire(
  exchange: Exchange,
  running: Running,
  root: Group | undefined,
  method: string,
  facts: Facts,
  otherwise: readonly (readonly Check<World>[])[],
): Halt | undefined {
  const { authentication } = running.settings
  if (root === undefined) {
    return authentication?.type === undefined ? undefined : authenticate(exchange, running, "AuthType without Require")
  }
  const formula: Formula<Atom> = either(granted(root, method), otherwise)
  const sets = clausesOf(formula)
  if (sets === undefined) return unknown("whether the client may", "the lists of Require are too many to be judged")
  const clauses = sets.flatMap((set) => {
    const checks = set.map((it) => ("requirement" in it && "turn" in it ? literalCheck(it, facts) : it))
    return clauseOf(checks.length > 0 ? checks : [refusingCheck(root, facts)], causeOf(running, root, set))
  })
  const without = judged(exchange, running, clauses, 403, "AH01630")
  if (without !== "user") return without
  const asked = authenticate(exchange, running, undefined)
  if (asked !== undefined) return asked
  const status = running.settings.authorization?.forbidsOnFailure === true ? 403 : 401
  const proven = clauses.map((it) => ({ ...it, cause: apacheAuthzUser }))
  const outcome = judged(exchange, running, proven, status, "AH01631")
  return outcome === "user" ? unknown("who asks", "a user is required") : outcome
}

const literalCheck = (it: Literal, facts: Facts): Check<World> =>
  checkOf(it.requirement.provider, it.turn, it.requirement.directive, facts)

/** `Satisfy Any`: one of both ways suffices. */
function either(formula: Formula<Literal>, otherwise: readonly (readonly Check<World>[])[]): Formula<Atom> {
  if (otherwise.length === 0) return formula
  const clauses: Formula<Atom>[] = otherwise.map((set) => any<Atom>(set.map((it) => literal<Atom>(it))))
  return any<Atom>([all<Atom>(clauses), formula])
}

/** Where nothing in a list can ever be met, its first line is what keeps out. */
function refusingCheck(root: Group, facts: Facts): Check<World> {
  let node: Group["children"][number] | undefined = root
  while (node?.kind === "group") node = node.children[0]
  if (node === undefined) throw new Error("a list of Require is empty")
  return checkOf({ kind: "all", isGranted: false }, "written", node.directive, facts)
}

/** Which of the usual mistakes a refusal is, by where its line stands. */
function causeOf({ sections, settings }: Running, root: Group, set: readonly Atom[]): Cause {
  const [only, ...others] = set
  const isPlainDenial =
    only !== undefined &&
    "requirement" in only &&
    "turn" in only &&
    others.length === 0 &&
    only.requirement.provider.kind === "all" &&
    only.turn !== "opposite"
  if (!isPlainDenial) return apacheRequireDenied
  const at = sections.findLastIndex((it) => it.settings.authorization?.root === root)
  const isRoot = at !== -1 && sections[at]?.scope.kind === "directory" && sections[at].scope.components === 0
  if (!isRoot) return apacheRequireDenied
  if (settings.compat !== undefined && settings.compat.allows.length > 0) return apacheCompatAllowDoesNotOverrideRequire
  const narrower = sections.slice(at + 1).some((it) => it.scope.kind !== "htaccess")
  return narrower ? apacheMissingRequireGranted : apacheDocrootOutsideGrantedTree
}
