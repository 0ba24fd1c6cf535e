import { cause } from "../cause.ts"
import { quoted } from "../quoted.ts"

export const modelOperationNotOffered = cause({
  code: "model/operation-not-offered",
  status: 400,
  title: "The model is not offered for this kind of call",
  why: "A model for conversations makes no embeddings, and the other way round; its provider would refuse it less clearly.",
  explain: ([it]) =>
    `What was asked for is ${it.observed ?? "another"}${it.required === undefined ? "" : `; this kind of call is offered for ${quoted(it.required, "and")}`}.`,
  fix: [
    { by: "caller", does: "Ask for a model that is offered for it" },
    { by: "operator", does: "Name a target whose provider offers it" },
  ],
})
