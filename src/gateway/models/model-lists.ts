import type { Destination } from "../../config/gateway-plan.ts"
import { anthropicList, anthropicModel } from "../../models/listing/anthropic-list.ts"
import { geminiList, geminiModel } from "../../models/listing/gemini-list.ts"
import type { ListedModel } from "../../models/listing/listed-model.ts"
import { nameIn } from "../../models/listing/name-in.ts"
import { openaiList, openaiModel } from "../../models/listing/openai-list.ts"
import type { Call } from "../call.ts"
import { askingAs, callableModels } from "./callable-models.ts"
import { listDialect } from "./list-dialect.ts"

const OPENAI = { all: openaiList, one: openaiModel } as const
const LISTS = {
  "openai-chat": OPENAI,
  "openai-completions": OPENAI,
  "openai-responses": OPENAI,
  anthropic: { all: anthropicList, one: anthropicModel },
  gemini: { all: geminiList, one: geminiModel },
} as const

/** The models a caller may call, or the one that was asked for, as JSON in the caller's dialect. */
export function modelLists(call: Call, destination: Extract<Destination, { kind: "models" }>): string {
  const { models, below } = destination
  const { all, one } = LISTS[listDialect(call, destination)]
  if (below === undefined) return JSON.stringify(all(callableModels(askingAs(call), models)))
  const asked = nameIn(call.path, below)
  const found: ListedModel = models.listed().find(({ id }) => id === asked) ?? {
    id: asked,
    info: models.find(asked)?.targets[0]?.info,
  }
  return JSON.stringify(one(found))
}
