/** What must be, made of literals. */
export type Formula<L> =
  | { readonly kind: "literal"; readonly literal: L }
  | { readonly kind: "all" | "any"; readonly of: readonly Formula<L>[] }

export const all = <L>(of: readonly Formula<L>[]): Formula<L> => ({ kind: "all", of })
export const any = <L>(of: readonly Formula<L>[]): Formula<L> => ({ kind: "any", of })
export const literal = <L>(it: L): Formula<L> => ({ kind: "literal", literal: it })
export const always = <L>(): Formula<L> => all([])
export const never = <L>(): Formula<L> => any([])

/** The opposite, given the opposite of each literal. */
export function not<L>(formula: Formula<L>, opposite: (it: L) => L): Formula<L> {
  if (formula.kind === "literal") return literal(opposite(formula.literal))
  const of = formula.of.map((it) => not(it, opposite))
  return formula.kind === "all" ? any(of) : all(of)
}

const MOST = 512

/**
 * As clauses of which each must hold by at least one of its literals; undefined where that would be too many. An empty
 * clause never holds; no clauses always do.
 */
export function clausesOf<L>(formula: Formula<L>): readonly (readonly L[])[] | undefined {
  if (formula.kind === "literal") return [[formula.literal]]
  let built: readonly (readonly L[])[] = formula.kind === "all" ? [] : [[]]
  for (const it of formula.of) {
    const clauses = clausesOf(it)
    if (clauses === undefined) return undefined
    const count = formula.kind === "all" ? built.length + clauses.length : built.length * clauses.length
    if (count > MOST) return undefined
    built = formula.kind === "all" ? [...built, ...clauses] : built.flatMap((a) => clauses.map((b) => union(a, b)))
    built = withoutImplied(built)
  }
  return built
}

const union = <L>(a: readonly L[], b: readonly L[]): readonly L[] => [...new Set([...a, ...b])]

/** A clause that holds whenever a smaller one does says nothing. */
function withoutImplied<L>(clauses: readonly (readonly L[])[]): readonly (readonly L[])[] {
  const sets = clauses.map((it) => new Set(it))
  return clauses.filter(
    (_, at) =>
      !sets.some(
        (other, by) =>
          by !== at && isImpliedBy(sets[at] ?? other, other) && (other.size < (sets[at]?.size ?? 0) || by < at),
      ),
  )
}

const isImpliedBy = <L>(clause: ReadonlySet<L>, by: ReadonlySet<L>): boolean => [...by].every((it) => clause.has(it))
