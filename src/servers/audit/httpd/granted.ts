import { type Group, granted, type Literal, type Requirement } from "../../httpd/access/authorization.ts"
import type { Formula } from "../../httpd/access/formula.ts"
import { networkOf } from "../../httpd/access/network.ts"
import type { Provider } from "../../httpd/access/provider.ts"
import { onlyExcludes } from "../../httpd/settings/access-directives.ts"
import { AddressSet } from "../address-set.ts"

/** Whom a list lets in for one method, where what depends on more than the address is met or not. */
export function letInBy(root: Group, method: string, isMet: (it: Requirement) => boolean): AddressSet {
  return addressesOf(granted(root, method), ({ requirement, turn }) => {
    const plain = ofProvider(requirement.provider) ?? (isMet(requirement) ? AddressSet.all() : AddressSet.none())
    return turn === "opposite" ? plain.complement() : plain
  })
}

function addressesOf(formula: Formula<Literal>, of: (it: Literal) => AddressSet): AddressSet {
  if (formula.kind === "literal") return of(formula.literal)
  const sets = formula.of.map((it) => addressesOf(it, of))
  return formula.kind === "all"
    ? sets.reduce((a, b) => a.intersect(b), AddressSet.all())
    : sets.reduce((a, b) => a.union(b), AddressSet.none())
}

/** Undefined where it depends on more than the address. */
function ofProvider(provider: Provider): AddressSet | undefined {
  if (provider.kind === "all") return provider.isGranted ? AddressSet.all() : AddressSet.none()
  if (provider.kind !== "ip") return undefined
  const set = AddressSet.none()
  for (const it of provider.networks) {
    const network = networkOf(it)
    if (network !== undefined) set.add(AddressSet.of(network))
  }
  return set
}

/** Lists are decided about once for each line left out, method and combination of what is not known; longer ones are left alone. */
const MOST_OPAQUE = 8
const MOST_DECISIONS = 20_000

/** Every line of a list, those in groups too. */
export const linesOf = (root: Group): readonly Requirement[] =>
  root.children.flatMap((it) => (it.kind === "requirement" ? [it] : linesOf(it)))

/** Lines without which the list decides the same for every address, method and user; all of them may go together. */
export function deadLines(root: Group): readonly Requirement[] {
  const lines = linesOf(root)
  const opaque = lines.filter((it) => ofProvider(it.provider) === undefined)
  const methods = methodsIn(lines)
  const isShort = lines.length ** 2 * methods.length * 2 ** opaque.length < MOST_DECISIONS
  // In a group that is turned round, what is not known may come out differently for whom nobody asked who they are.
  if (opaque.length > MOST_OPAQUE || !isShort || (opaque.length > 0 && hasNegated(root))) return []
  const decisions = (of: Group): readonly AddressSet[] =>
    methods.flatMap((method) =>
      Array.from({ length: 2 ** opaque.length }, (_, bits) =>
        letInBy(of, method, (it) => ((bits >> opaque.indexOf(it)) & 1) === 1),
      ),
    )
  const before = decisions(root)
  let kept = root
  const dead: Requirement[] = []
  for (const line of lines.toReversed()) {
    const without = withoutLine(kept, line)
    if (without === undefined || onlyExcludes(without)) continue
    const after = decisions(without)
    if (!before.every((set, at) => isSame(set, after[at]))) continue
    kept = without
    dead.unshift(line)
  }
  return dead
}

const hasNegated = ({ children }: Group): boolean =>
  children.some((it) => it.kind === "group" && (it.isNegated || hasNegated(it)))

const isSame = (a: AddressSet, b: AddressSet | undefined): boolean => b?.covers(a) === true && a.covers(b)

/** Undefined where nothing would be left. */
function withoutLine(group: Group, line: Requirement): Group | undefined {
  const children: (Requirement | Group)[] = []
  for (const it of group.children) {
    const left = it === line ? undefined : it.kind === "requirement" ? it : withoutLine(it, line)
    if (left !== undefined) children.push(left)
  }
  return children.length === 0 ? undefined : { ...group, children }
}

/** Methods that lists tell apart, and one that none names. */
const methodsIn = (lines: readonly Requirement[]): readonly string[] => [
  ...new Set(["GET", "MERGE", ...lines.flatMap((it) => it.methods.layers.flatMap(({ names }) => names))]),
]
