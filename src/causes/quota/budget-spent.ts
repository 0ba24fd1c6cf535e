import { cause } from "../cause.ts"
import { holderIn } from "../holder.ts"

/** The calendar period, which the fact is named after: `team.dollars-per-month`. */
const periodIn = (fact: string): string => (fact.endsWith("-day") ? "today" : "this month")

/** An amount, as `"5.25"`. */
const money = (shown: string): string => `$${shown.replaceAll('"', "")}`

/**
 * 402 and not 429: the official SDKs repeat a 429 by themselves, twice and more, within seconds; a budget is not there again
 * before its day or month is over, and each repetition would be one more refusal.
 */
export const quotaBudgetSpent = cause({
  code: "quota/budget-spent",
  status: 402,
  title: "The budget is used up",
  why: "What calls may cost is bounded before they are made, since afterwards the provider has to be paid. A call is counted by an estimate until its true cost is known: the prompt, and the most that the answer may be.",
  explain: ([it]) =>
    `With this call, ${it.required === undefined ? "more" : money(it.required)} would be spent ${periodIn(it.fact)} for ${holderIn(it.fact)}, and the budget is ${it.observed === undefined ? "less" : money(it.observed)}.`,
  fix: [
    {
      by: "caller",
      does: "Ask for less: a cheaper model, a shorter prompt, or a lower bound on the answer's tokens; days and months begin at midnight UTC",
    },
    { by: "operator", does: "Raise the `budget` where the explanation says that it is written" },
  ],
})
