import { cause } from "../cause.ts"

export const modelNotNamed = cause({
  code: "model/not-named",
  status: 400,
  title: "The request names no model",
  why: "The gateway chooses the provider by the model's name, and guesses none: the guess would be somebody's bill.",
  explain: ([it]) =>
    `The body's member "model" is missing, empty or no text.${it.required === undefined ? "" : ` One of those served here is ${it.required}.`}`,
  fix: [{ by: "caller", does: "Set `model` to one that `GET /v1/models` lists" }],
})
