import type { Relation } from "../../decision/relation.ts"
import { usd } from "../../ports/money.ts"

/** A budget against what it would have to pay for, both in dollars. Null is a budget without end. */
export const affords: Relation<string | null, string> = {
  name: "affords",
  holds: (budget, cost) => budget === null || amount(cost) <= amount(budget),
  prepare: (cost) => {
    const needed = amount(cost)
    return (budget) => budget === null || needed <= amount(budget)
  },
  say: (budget, cost) =>
    `${cost === undefined ? "what it would come to" : `$${cost}`} is more than ${budget == null ? "the budget" : `the budget of $${budget}`}`,
  offers: (budget, cost) => [
    ...(Number.isNaN(amount(cost)) ? [] : [{ observed: cost }]),
    ...(budget === null || Number.isNaN(amount(budget)) ? [] : [{ required: budget }]),
  ],
}

/** NaN, which affords nothing, for what is no amount. */
function amount(dollars: string): number {
  try {
    return usd(dollars)
  } catch (error) {
    if (error instanceof RangeError) return Number.NaN
    throw error
  }
}
