/** Gemini 1 and 2 are told how much to think in tokens; later ones by a level. Names of others, such as aliases, tell nothing. */
export const takesBudget = (model: string): boolean => /gemini-[12](\D|$)/.test(model)

/** From Gemini 3 on, calls of functions in a conversation have to be signed. */
export const needsSignatures = (model: string): boolean => /gemini-([3-9]|\d\d)/.test(model)
