import { cause } from "../../decision/cause.ts"

export const internalUnreadable = cause({
  code: "internal/unreadable",
  status: 503,
  title: "Something the decision needs could not be read",
  explain: ([it]) => `A rule asks for ${it.fact}, which could not be read; the rule says to refuse then.`,
  fix: [
    { by: "caller", does: "Try again shortly, and give the operator the decision's id" },
    { by: "operator", does: "See the gateway's log at this time for the fault" },
  ],
})
