import { cause } from "../cause.ts"

export const internalUnreadable = cause({
  code: "internal/unreadable",
  status: 503,
  title: "Something that the decision needs could not be read",
  why: "A rule that cannot be judged is not a rule that holds. Letting the request pass would open every door for as long as a disk is full; so the rule refuses, and says that this is no word on the request itself.",
  explain: ([it]) => `A rule asks for "${it.fact}", which could not be read, and refuses for as long as that is so.`,
  fix: [
    { by: "caller", does: "Try again shortly, and give the operator the decision's id if that does not help" },
    { by: "operator", does: "See the gateway's log at this time: it says what failed" },
  ],
})
