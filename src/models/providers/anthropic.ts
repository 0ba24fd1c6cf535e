import type { Provider } from "../provider.ts"

/** Paths and headers as in the official SDK (@anthropic-ai/sdk 1.12.0). The bearer is an OAuth token. */
export const anthropic: Provider = {
  name: "anthropic",
  title: "Anthropic",
  home: "https://www.anthropic.com",
  reference: "https://docs.anthropic.com/en/api/messages",
  format: "anthropic",
  url: "https://api.anthropic.com/v1",
  auth: [{ kind: "header", name: "x-api-key" }, { kind: "bearer" }],
  headers: [["anthropic-version", "2023-06-01"]],
  paths: {
    chat: "/messages",
    models: "/models",
    countTokens: "/messages/count_tokens",
  },
  keyVariables: ["ANTHROPIC_API_KEY"],
  prices: "anthropic",
}
