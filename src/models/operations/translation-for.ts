import type { Dialect } from "../codec.ts"
import type { Wanted } from "../endpoints.ts"
import type { Quirks } from "../quirks.ts"
import type { WireFormat } from "../wire-format.ts"
import { bedrockEmbedOutbound } from "./bedrock-embeddings.ts"
import { cohereEmbedOutbound } from "./cohere-embeddings.ts"
import { embedding } from "./embedding.ts"
import { geminiOwnCount } from "./gemini-count.ts"
import { geminiEmbedInbound, geminiEmbedOutbound, geminiOwnEmbeddings } from "./gemini-embeddings.ts"
import { ollamaEmbedOutbound } from "./ollama-embeddings.ts"
import { openaiEmbedInbound, openaiEmbedOutbound } from "./openai-embeddings.ts"
import { cohereRerank, topKRerank } from "./rerank.ts"
import type { Translation } from "./translation.ts"

type ByFormat = { readonly [F in WireFormat]?: Translation }

/** OpenAI's own passes as it is. */
const OPENAI_EMBEDDINGS: ByFormat = {
  gemini: embedding(openaiEmbedInbound, geminiEmbedOutbound),
  cohere: embedding(openaiEmbedInbound, cohereEmbedOutbound),
  ollama: embedding(openaiEmbedInbound, ollamaEmbedOutbound),
  bedrock: embedding(openaiEmbedInbound, bedrockEmbedOutbound),
}

const toOpenAi = embedding(geminiEmbedInbound, openaiEmbedOutbound)
const GEMINI_EMBEDDINGS: ByFormat = {
  "openai-chat": toOpenAi,
  "openai-responses": toOpenAi,
  "azure-openai": toOpenAi,
  gemini: geminiOwnEmbeddings,
  cohere: embedding(geminiEmbedInbound, cohereEmbedOutbound),
  ollama: embedding(geminiEmbedInbound, ollamaEmbedOutbound),
  bedrock: embedding(geminiEmbedInbound, bedrockEmbedOutbound),
}

/** Who is told; a target is one. */
export interface Spoken {
  readonly format: WireFormat
  readonly quirks: Quirks
}

/** How what is no chat is told to a provider; undefined where it passes as it is, or cannot be told. */
export function translationFor(
  dialect: Dialect,
  operation: Wanted["operation"],
  { format, quirks }: Spoken,
): Translation | undefined {
  switch (operation) {
    case "embeddings":
    case "batchEmbeddings":
      if (dialect === "gemini") return GEMINI_EMBEDDINGS[format]
      return dialect === "openai-chat" ? OPENAI_EMBEDDINGS[format] : undefined
    case "rerank":
      if (format === "cohere") return cohereRerank
      return quirks.rerank === "top-k" ? topKRerank : undefined
    case "countTokens":
      return dialect === "gemini" && format === "gemini" ? geminiOwnCount : undefined
    default:
      return undefined
  }
}
