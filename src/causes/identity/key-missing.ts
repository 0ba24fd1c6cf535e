import { cause } from "../cause.ts"
import { quoted } from "../quoted.ts"

export const identityKeyMissing = cause({
  code: "identity/key-missing",
  status: 401,
  title: "The request carries no key",
  why: "A key says on whose behalf a request is made: who may do what, who is counted, and whom to ask about it.",
  explain: ([it]) =>
    it.required === undefined
      ? "The route asks for a key, and the request carries none."
      : `The route looks for a key in ${quoted(it.required, "or", " or ")}, and the request carries none there.`,
  fix: [
    { by: "caller", does: "Send your key in a field that the explanation names" },
    { by: "operator", does: "Make a key with `pinpoint keys create`" },
  ],
})
