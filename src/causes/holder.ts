/** Whose limit it is, which the fact is named after: `team.tokens-per-minute`. */
export function holderIn(fact: string): string {
  const [holder] = fact.split(".")
  return holder === undefined ? "this caller" : `this ${holder}`
}
