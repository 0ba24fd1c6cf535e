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
export const granted = (root: Group, method: string): Formula<Literal> => new Grants(method).of(root, "all")

/** Each part is made once, as the parts of a nested list are needed twice at every level. */
class Grants {
  readonly #method: string
  readonly #plain = new Map<Node, Formula<Literal>>()
  readonly #spared = new Map<Node, Formula<Literal>>()
  readonly #turned = new Map<Formula<Literal>, Formula<Literal>>()

  constructor(method: string) {
    this.#method = method
  }

  of(node: Node, within: Group["op"]): Formula<Literal> {
    if (!isCovered(node, this.#method)) return within === "all" ? always() : never()
    return node.isNegated ? never() : this.#plainly(node)
  }

  #plainly(node: Node): Formula<Literal> {
    const known = this.#plain.get(node)
    if (known !== undefined) return known
    const made = node.kind === "requirement" ? literal(literalOf(node, "written")) : this.#ofGroup(node)
    this.#plain.set(node, made)
    return made
  }

  #ofGroup({ children, op }: Group): Formula<Literal> {
    const granting = any(children.map((it) => this.of(it, op)))
    return op === "any" ? granting : all([...children.map((it) => this.#deniesNot(it)), granting])
  }

  #deniesNot(node: Node): Formula<Literal> {
    const known = this.#spared.get(node)
    if (known !== undefined) return known
    const made = this.#sparing(node)
    this.#spared.set(node, made)
    return made
  }

  #sparing(node: Node): Formula<Literal> {
    if (!isCovered(node, this.#method)) return always()
    if (node.isNegated) return not(this.#plainly(node), opposite, this.#turned)
    if (node.kind === "requirement") return this.#plainly(node)
    const none = all(node.children.map((it) => this.#deniesNot(it)))
    return node.op === "all" ? none : any([this.#plainly(node), none])
  }
}

/** Whether a method is subject to it at all; a group's are those of all in it. */
function isCovered(node: Node, method: string): boolean {
  return node.kind === "requirement" ? covers(node.methods, method) : node.children.some((it) => isCovered(it, method))
}
