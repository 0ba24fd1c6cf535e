import { cause } from "../cause.ts"
import { holderIn } from "../holder.ts"

export const quotaTokensSpent = cause({
  code: "quota/tokens-spent",
  status: 429,
  title: "The limit on tokens in a minute is used up",
  why: "Calls differ by a thousandfold in what they take, so that counting calls alone bounds little. Tokens are counted by an estimate before a call and put right after it: the prompt, and the most that the answer may be.",
  explain: ([it]) =>
    `With this call, ${it.required ?? "more"} tokens are used in this minute for ${holderIn(it.fact)}, and the limit is ${it.observed ?? "less"}.`,
  fix: [
    {
      by: "caller",
      does: "Wait as long as `Retry-After` says, or ask for less: a shorter prompt, or a lower bound on the answer's tokens",
    },
    { by: "operator", does: "Raise `tokens-per-minute` where the explanation says that it is written" },
  ],
})
