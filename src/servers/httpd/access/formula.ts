/** What must be, made of literals. Parts may be shared, so that a formula is small where it is written out large. */
export type Formula<L> =
  | { readonly kind: "literal"; readonly literal: L }
  | { readonly kind: "all" | "any"; readonly of: readonly Formula<L>[] }

export const all = <L>(of: readonly Formula<L>[]): Formula<L> => ({ kind: "all", of })
export const any = <L>(of: readonly Formula<L>[]): Formula<L> => ({ kind: "any", of })
export const literal = <L>(it: L): Formula<L> => ({ kind: "literal", literal: it })
export const always = <L>(): Formula<L> => all([])
export const never = <L>(): Formula<L> => any([])

/** The opposite, given the opposite of each literal. What is shared stays shared by way of `known`. */
export function not<L>(formula: Formula<L>, opposite: (it: L) => L, known: Map<Formula<L>, Formula<L>>): Formula<L> {
  const made = known.get(formula)
  if (made !== undefined) return made
  if (formula.kind === "literal") return literal(opposite(formula.literal))
  const of = formula.of.map((it) => not(it, opposite, known))
  const turned = formula.kind === "all" ? any(of) : all(of)
  known.set(formula, turned)
  return turned
}

type Clauses<L> = readonly ReadonlySet<L>[]

/** Clauses, and literals in all of them: what is beyond is not judged. */
const MOST_CLAUSES = 512
const MOST_LITERALS = 50_000

/**
 * As clauses of which each must hold by at least one of its literals; undefined where that would be too many. An empty
 * clause never holds; no clauses always do.
 */
export function clausesOf<L>(formula: Formula<L>): readonly (readonly L[])[] | undefined {
  return clausesIn(formula, new Map())?.map((it) => [...it])
}

function clausesIn<L>(formula: Formula<L>, known: Map<Formula<L>, Clauses<L> | undefined>): Clauses<L> | undefined {
  if (formula.kind === "literal") return [new Set([formula.literal])]
  if (known.has(formula)) return known.get(formula)
  const made = formula.kind === "all" ? conjunction(formula.of, known) : disjunction(formula.of, known)
  known.set(formula, made)
  return made
}

function conjunction<L>(
  of: readonly Formula<L>[],
  known: Map<Formula<L>, Clauses<L> | undefined>,
): Clauses<L> | undefined {
  const built: ReadonlySet<L>[] = []
  for (const it of of) {
    const clauses = clausesIn(it, known)
    if (clauses === undefined) return undefined
    built.push(...clauses)
    if (isTooMuch(built)) return undefined
  }
  return withoutImplied(built)
}

function disjunction<L>(
  of: readonly Formula<L>[],
  known: Map<Formula<L>, Clauses<L> | undefined>,
): Clauses<L> | undefined {
  // All that is plain makes one clause at once; thousands of lines are mostly that.
  const plain = new Set(of.flatMap((it) => (it.kind === "literal" ? [it.literal] : [])))
  let built: Clauses<L> = [plain]
  for (const it of of) {
    if (it.kind === "literal") continue
    const clauses = clausesIn(it, known)
    if (clauses === undefined || built.length * clauses.length > MOST_CLAUSES) return undefined
    const crossed = built.flatMap((a) => clauses.map((b) => new Set([...a, ...b])))
    if (isTooMuch(crossed)) return undefined
    built = withoutImplied(crossed)
  }
  return built
}

function isTooMuch(clauses: Clauses<unknown>): boolean {
  return clauses.length > MOST_CLAUSES || clauses.reduce((sum, it) => sum + it.size, 0) > MOST_LITERALS
}

/** A clause that holds whenever a smaller one does says nothing. */
function withoutImplied<L>(clauses: Clauses<L>): Clauses<L> {
  if (clauses.length < 2) return clauses
  return clauses.filter(
    (clause, at) =>
      !clauses.some(
        (other, by) =>
          by !== at && (other.size < clause.size || (other.size === clause.size && by < at)) && isWithin(other, clause),
      ),
  )
}

const isWithin = <L>(part: ReadonlySet<L>, whole: ReadonlySet<L>): boolean => {
  for (const it of part) if (!whole.has(it)) return false
  return true
}
