import { cause } from "../../decision/cause.ts"

export const modelNotFound = cause({
  code: "model/not-found",
  status: 404,
  title: "There is no model of this name",
  explain: ([it]) => `The models served here are listed by GET /v1/models, and ${it.said}.`,
  fix: [
    { by: "caller", does: "Ask for a model that `GET /v1/models` lists" },
    { by: "operator", does: "Add the name under `models`" },
  ],
})
