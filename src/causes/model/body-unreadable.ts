import { cause } from "../cause.ts"

export const modelBodyUnreadable = cause({
  code: "model/body-unreadable",
  status: 400,
  title: "The body is not the JSON object that a model call is",
  why: "Which model is meant, and so which provider is asked and who pays, stands in the body. A body that cannot be read cannot be sent to the right place.",
  explain: ([it]) => `A model call is a JSON object in UTF-8, and this body is ${it.observed ?? "none"}.`,
  fix: [{ by: "caller", does: "Send one JSON object with `model` and `messages`, whole and in UTF-8" }],
})
