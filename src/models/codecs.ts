import { anthropicInbound } from "./anthropic/inbound.ts"
import { anthropicOutbound } from "./anthropic/outbound.ts"
import { bedrockOutbound } from "./bedrock/outbound.ts"
import type { Dialect, Inbound, Outbound } from "./codec.ts"
import { cohereOutbound } from "./cohere/outbound.ts"
import type { Endpoint } from "./endpoints.ts"
import { geminiInbound } from "./gemini/inbound.ts"
import { geminiOutbound } from "./gemini/outbound.ts"
import { ollamaOutbound } from "./ollama/outbound.ts"
import { chatInbound } from "./openai-chat/inbound.ts"
import { azureOutbound, chatOutbound } from "./openai-chat/outbound.ts"
import { completionsInbound } from "./openai-completions/inbound.ts"
import { responsesInbound } from "./openai-responses/inbound.ts"
import { responsesOutbound } from "./openai-responses/outbound.ts"
import type { WireFormat } from "./wire-format.ts"

/** How callers are read and answered, by dialect. */
export const INBOUND: { readonly [D in Dialect]: Inbound } = {
  "openai-chat": chatInbound,
  "openai-completions": completionsInbound,
  "openai-responses": responsesInbound,
  anthropic: anthropicInbound,
  gemini: geminiInbound,
}

/** How an endpoint's callers are read and answered. */
export const inboundAt = ({ dialect, own }: Pick<Endpoint, "dialect" | "own">): Inbound =>
  own?.inbound ?? INBOUND[dialect]

/** How providers are asked and read, by format. */
export const OUTBOUND: { readonly [F in WireFormat]: Outbound } = {
  "openai-chat": chatOutbound,
  "azure-openai": azureOutbound,
  "openai-responses": responsesOutbound,
  anthropic: anthropicOutbound,
  gemini: geminiOutbound,
  bedrock: bedrockOutbound,
  cohere: cohereOutbound,
  ollama: ollamaOutbound,
}
