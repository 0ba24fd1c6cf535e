import { cause } from "../../decision/cause.ts"

export const accessScopeMissing = cause({
  code: "access/scope-missing",
  status: 403,
  title: "The key lacks a scope the route asks for",
  explain: ([it]) => `The route asks for ${it.required ?? "a scope"}, and ${it.said}.`,
  fix: [
    { by: "owner", does: "Ask the gateway's operator for the scope, or use a key that holds it" },
    { by: "operator", does: "Grant the scope with `pinpoint keys grant`, or in the file where the key is written" },
  ],
})
