import type { JsonObject } from "../json.ts"
import type { ListedModel } from "./listed-model.ts"

/**
 * A model as OpenAI tells it (API reference, "The model object"), with what the catalogue knows beside. `created` is not
 * known of a name in a file, and zero says so.
 */
export const openaiModel = ({ id, info }: ListedModel): JsonObject => ({
  id,
  object: "model",
  created: 0,
  owned_by: "pinpoint",
  ...(info?.context !== undefined && { context_window: info.context }),
  ...(info?.output !== undefined && { max_output_tokens: info.output }),
  ...(info !== undefined && info.capabilities.length > 0 && { capabilities: [...info.capabilities] }),
})

export const openaiList = (models: readonly ListedModel[]): JsonObject => ({
  object: "list",
  data: models.map(openaiModel),
})
