import type { JsonObject } from "../json.ts"
import type { ListedModel } from "./listed-model.ts"

/** A model as Gemini tells it (API reference, "Model"). */
export const geminiModel = ({ id, info }: ListedModel): JsonObject => ({
  name: `models/${id}`,
  baseModelId: id,
  version: "",
  displayName: info?.title ?? id,
  ...(info?.context !== undefined && { inputTokenLimit: info.context }),
  ...(info?.output !== undefined && { outputTokenLimit: info.output }),
  supportedGenerationMethods: info?.capabilities.includes("embeddings")
    ? ["embedContent", "batchEmbedContents"]
    : ["generateContent", "streamGenerateContent", "countTokens"],
})

/** One page that holds them all. */
export const geminiList = (models: readonly ListedModel[]): JsonObject => ({ models: models.map(geminiModel) })
