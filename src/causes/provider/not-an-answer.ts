import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const providerNotAnAnswer = cause({
  code: "provider/not-an-answer",
  status: 502,
  title: "What the model's provider sent is no answer of its format",
  why: "An answer that cannot be read cannot be passed on as one: half a JSON document would fail in the caller's program, far from where it broke off.",
  explain: ([it]) =>
    `The request passed every rule and was sent, and what came back is not what the provider's format says: a page for people, or JSON that breaks off.${seen(it)}`,
  fix: [
    { by: "operator", does: "Check the provider's address in the file; a proxy between may answer in its place" },
    { by: "caller", does: "Repeat the request, and tell the operator the decision's id if it happens again" },
  ],
})
