import { cause } from "../cause.ts"

export const identityKeyInvalid = cause({
  code: "identity/key-invalid",
  status: 401,
  title: "The key that was sent opens nothing here",
  why: "A key is known or it is not: the gateway keeps only digests of keys, so it cannot tell a slip from a guess. Whether a key was once valid is told to operators only, since it would tell a thief which of his keys are worth keeping.",
  explain: () =>
    "A key was sent, and none like it is in force here: it may be mistyped, cut short, meant for another environment, or withdrawn.",
  fix: [
    {
      by: "caller",
      does: "Check that the whole key is sent, without quotation marks or blanks, and to the right environment",
    },
    {
      by: "operator",
      does: "See the key's status with `pinpoint keys list`; make a new one with `pinpoint keys create`",
    },
  ],
})
