import { cause } from "../../decision/cause.ts"

export const modelBodyUnreadable = cause({
  code: "model/body-unreadable",
  status: 400,
  title: "The body is not the JSON object that a model call is",
  explain: ([it]) => `A model call is a JSON object that names a model, and this body is ${it.observed ?? "not"}.`,
  fix: [
    {
      by: "caller",
      does: "Send a JSON object with `model` and `messages`, whole and with `Content-Type: application/json`",
    },
  ],
})
