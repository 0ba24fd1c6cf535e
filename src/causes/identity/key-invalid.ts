import { cause } from "../../decision/cause.ts"

export const identityKeyInvalid = cause({
  code: "identity/key-invalid",
  status: 401,
  title: "The key is not valid here",
  explain: () =>
    "A key was sent and it opens nothing: it may be mistyped, cut short, of another environment, or withdrawn.",
  fix: [
    {
      by: "caller",
      does: "Check that the whole key was sent, without quotation marks or blanks, and to the right environment",
    },
    {
      by: "operator",
      does: "See the key's status with `pinpoint keys list`; make a new one with `pinpoint keys create`",
    },
  ],
})
