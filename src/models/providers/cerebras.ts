import type { Provider } from "../provider.ts"

/**
 * Address as in vercel/ai packages/cerebras; what it refuses and the role it has not:
 * https://inference-docs.cerebras.ai/resources/openai
 */
export const cerebras: Provider = {
  name: "cerebras",
  title: "Cerebras",
  home: "https://www.cerebras.ai",
  reference: "https://inference-docs.cerebras.ai/api-reference/chat-completions",
  format: "openai-chat",
  url: "https://api.cerebras.ai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    completions: "/completions",
  },
  keyVariables: ["CEREBRAS_API_KEY"],
  quirks: {
    maxTokens: "max_completion_tokens",
    refuses: ["frequency_penalty", "logit_bias", "presence_penalty", "service_tier"],
    reasoning: "reasoning",
  },
  prices: "cerebras",
}
