import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/nebius; paths as in Portkey-AI/gateway src/providers/nebius. */
export const nebius: Provider = {
  name: "nebius",
  title: "Nebius Token Factory",
  home: "https://nebius.com",
  reference: "https://docs.tokenfactory.nebius.com/api-reference",
  format: "openai-chat",
  url: "https://api.tokenfactory.nebius.com/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    completions: "/completions",
    embeddings: "/embeddings",
    images: "/images/generations",
  },
  keyVariables: ["NEBIUS_API_KEY"],
  quirks: {
    reasoning: "reasoning_content",
    topK: true,
  },
}
