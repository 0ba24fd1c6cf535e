import { cause } from "../cause.ts"
import { quoted } from "../quoted.ts"

export const accessResourceNotAllowed = cause({
  code: "access/resource-not-allowed",
  status: 403,
  title: "The key may not use this resource",
  why: "A resource is data of its server, and servers are given to keys by the operator, not by their being there.",
  explain: ([it]) =>
    it.required === undefined
      ? "The resource asked for is none of those the key was given."
      : `The resource asked for is ${quoted(it.required, "and")}, and the key was ${it.observed === undefined ? "not given it" : `given ${quoted(it.observed, "and")}`}.`,
  fix: [
    { by: "owner", does: "Use a key that was given the resource, or ask the gateway's operator for it" },
    {
      by: "operator",
      does: "Add a pattern for the resource to the `tools` of the key, or grant it as a scope, `tool:` and the pattern, with `pinpoint keys grant`",
    },
  ],
})
