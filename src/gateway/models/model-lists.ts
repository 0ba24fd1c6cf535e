import { anthropicList, anthropicModel } from "../../models/listing/anthropic-list.ts"
import { geminiList, geminiModel } from "../../models/listing/gemini-list.ts"
import type { ListedModel } from "../../models/listing/listed-model.ts"
import { openaiList, openaiModel } from "../../models/listing/openai-list.ts"
import type { ServedModels } from "../../models/routing/served-models.ts"
import type { Call } from "../call.ts"
import { callableModels } from "./callable-models.ts"

const LISTS = {
  openai: { all: openaiList, one: openaiModel },
  anthropic: { all: anthropicList, one: anthropicModel },
  gemini: { all: geminiList, one: geminiModel },
} as const

/** The models a caller may call, or the one that was asked for, as JSON in the caller's dialect. */
export function modelLists(call: Call, isGemini: boolean, models: ServedModels): string {
  // Both of these dialects ask at the same address; one of them always says which version of it is meant.
  const isAnthropic = call.exchange.head.fields.get("anthropic-version") !== undefined
  const { all, one } = LISTS[isGemini ? "gemini" : isAnthropic ? "anthropic" : "openai"]
  const asked = call.model?.asked.model
  if (asked === undefined) return JSON.stringify(all(callableModels(call, models)))
  const found: ListedModel = models.listed().find(({ id }) => id === asked) ?? {
    id: asked,
    info: models.find(asked)?.targets[0]?.info,
  }
  return JSON.stringify(one(found))
}
