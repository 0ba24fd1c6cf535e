/** From 0 to below 1, by the random end of the decision's id: what was left to chance can be told from its id again. */
export const chanceOf = (decision: string): number => Number.parseInt(decision.slice(-8), 16) / 0x1_0000_0000
