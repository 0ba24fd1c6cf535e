import { cause } from "../cause.ts"
import { quoted } from "../quoted.ts"

export const accessScopeMissing = cause({
  code: "access/scope-missing",
  status: 403,
  title: "The key does not hold a scope that the route asks for",
  why: "A scope is the operator's word on what a key may be used for. Each key is held to its scopes, so that one that leaks, or a program that goes astray, reaches no further than was meant.",
  explain: ([it]) =>
    it.required === undefined
      ? "The route asks for a scope, and the key does not hold it."
      : `The route asks for ${quoted(it.required, "and")}, and the key holds ${quoted(it.observed ?? "nothing", "and")}.`,
  fix: [
    { by: "owner", does: "Use a key that holds the scope, or ask the gateway's operator for it" },
    { by: "operator", does: "Grant the scope with `pinpoint keys grant`, or add it to the key's `scopes` in the file" },
  ],
})
