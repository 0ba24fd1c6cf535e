import type { JsonObject } from "../json.ts"
import type { ListedModel } from "./listed-model.ts"

/** A model as Anthropic tells it (API reference, "Get a Model"). When it was released is not known of a name in a file. */
export const anthropicModel = ({ id, info }: ListedModel): JsonObject => ({
  type: "model",
  id,
  display_name: info?.title ?? id,
  created_at: "1970-01-01T00:00:00Z",
  ...(info?.context !== undefined && { max_input_tokens: info.context }),
  ...(info?.output !== undefined && { max_tokens: info.output }),
})

/** One page that holds them all. */
export const anthropicList = (models: readonly ListedModel[]): JsonObject => ({
  data: models.map(anthropicModel),
  has_more: false,
  first_id: models[0]?.id ?? null,
  last_id: models.at(-1)?.id ?? null,
})
