import { cause } from "../../decision/cause.ts"

export const modelNotNamed = cause({
  code: "model/not-named",
  status: 400,
  title: "The request names no model",
  explain: () => "Which model is meant stands in the body's `model`, and there is none or it is no text.",
  fix: [{ by: "caller", does: "Set `model` to one that `GET /v1/models` lists" }],
})
