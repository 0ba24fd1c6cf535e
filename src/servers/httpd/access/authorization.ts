import type { Directive } from "../language/directive.ts"
import { covers, type Methods } from "../settings/methods.ts"
import { all, always, any, type Formula, literal, never, not } from "./formula.ts"
import type { Provider } from "./provider.ts"

/** One `Require` line. */
export interface Requirement {
  readonly kind: "requirement"
  readonly isNegated: boolean
  readonly methods: Methods
  readonly provider: Provider
  readonly directive: Directive
}

/** `RequireAll`, `RequireAny`, `RequireNone`, a section's own list, or two lists merged. */
export interface Group {
  readonly kind: "group"
  readonly op: "all" | "any"
  readonly isNegated: boolean
  readonly children: readonly (Requirement | Group)[]
}

type Node = Requirement | Group

/** What mod_authz_core keeps per section. */
export interface Authorization {
  readonly merging?: "off" | "and" | "or"
  readonly root?: Group
  /** 403 rather than 401 where a proven user may not. */
  readonly forbidsOnFailure?: boolean
}

/** modules/aaa/mod_authz_core.c `merge_authz_core_dir_config` */
export function mergeAuthorization(
  before: Authorization | undefined,
  after: Authorization | undefined,
): Authorization | undefined {
  if (before === undefined || after === undefined) return after ?? before
  const forbidsOnFailure = after.forbidsOnFailure ?? before.forbidsOnFailure
  const kept = forbidsOnFailure === undefined ? {} : { forbidsOnFailure }
  if (after.merging === undefined && after.root === undefined && before.root !== undefined)
    return { ...before, ...kept }
  if (after.merging === undefined || after.merging === "off") return { ...after, ...kept }
  const root = mergeRoots(before.root, after.root, after.merging)
  return { merging: after.merging, ...(root === undefined ? {} : { root }), ...kept }
}

function mergeRoots(before: Group | undefined, after: Group | undefined, by: "and" | "or"): Group | undefined {
  if (before === undefined || after === undefined) return before ?? after
  return { kind: "group", op: by === "and" ? "all" : "any", isNegated: false, children: [before, after] }
}

/**
 * One way a line can come out: as it is written, the opposite, or the opposite's opposite. The last differs from the first
 * where nobody has been asked who they are: httpd asks for a line's sake, and not for one whose opposite was taken.
 */
export interface Literal {
  readonly requirement: Requirement
  readonly turn: Turn
}
export type Turn = "written" | "opposite" | "restored"

const literals = new WeakMap<Requirement, Readonly<Record<Turn, Literal>>>()

/** The same object for the same line, so that formulas can be compared. */
function literalOf(requirement: Requirement, turn: Turn): Literal {
  const made = literals.get(requirement) ?? {
    written: { requirement, turn: "written" },
    opposite: { requirement, turn: "opposite" },
    restored: { requirement, turn: "restored" },
  }
  literals.set(requirement, made)
  return made[turn]
}

const opposite = ({ requirement, turn }: Literal): Literal =>
  literalOf(requirement, turn === "opposite" ? "restored" : "opposite")

/** What must be for a method to be granted (`apply_authz_sections`); nesting is bounded by the reader. */
export const granted = (root: Group, method: string): Formula<Literal> => grants(root, "all", method)

function grants(node: Node, within: "all" | "any", method: string): Formula<Literal> {
  if (!isCovered(node, method)) return within === "all" ? always() : never()
  if (node.isNegated) return never()
  return grantsPlainly(node, method)
}

function grantsPlainly(node: Node, method: string): Formula<Literal> {
  if (node.kind === "requirement") return literal(literalOf(node, "written"))
  const { children, op } = node
  const granting = any(children.map((it) => grants(it, op, method)))
  return op === "any" ? granting : all([...children.map((it) => deniesNot(it, op, method)), granting])
}

function deniesNot(node: Node, within: "all" | "any", method: string): Formula<Literal> {
  if (!isCovered(node, method)) return always()
  if (node.isNegated) return not(grantsPlainly(node, method), opposite)
  if (node.kind === "requirement") return literal(literalOf(node, "written"))
  const { children, op } = node
  const none = all(children.map((it) => deniesNot(it, op, method)))
  return op === "all" ? none : any([grants(node, within, method), none])
}

/** Whether a method is subject to it at all; a group's are those of all in it. */
export function isCovered(node: Node, method: string): boolean {
  return node.kind === "requirement" ? covers(node.methods, method) : node.children.some((it) => isCovered(it, method))
}
