/** Who could change a fact, cheapest first. A counterfactual prefers the earliest. */
export const PARTIES = ["caller", "owner", "operator", "nobody"] as const
export type Party = (typeof PARTIES)[number]

/** Who may be told something: each sees what those before it see. The owner is the caller who proved a key. */
export const AUDIENCES = ["anonymous", "owner", "operator"] as const
export type Audience = (typeof AUDIENCES)[number]

const RANK: Readonly<Record<Audience, number>> = { anonymous: 0, owner: 1, operator: 2 }

export const maySee = (audience: Audience, shownTo: Audience): boolean => RANK[audience] >= RANK[shownTo]

/** Those who may see what either may see alone: a value made of two is told to who may be told both. */
export const narrower = (a: Audience, b: Audience): Audience => (maySee(a, b) ? a : b)
