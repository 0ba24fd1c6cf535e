import type { Provider } from "../provider.ts"

/** Another gateway; address as in anomalyco/models.dev providers/vercel. */
export const vercel: Provider = {
  name: "vercel",
  title: "Vercel AI Gateway",
  home: "https://vercel.com/ai-gateway",
  reference: "https://vercel.com/docs/ai-gateway/openai-compat",
  format: "openai-chat",
  url: "https://ai-gateway.vercel.sh/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    embeddings: "/embeddings",
  },
  keyVariables: ["AI_GATEWAY_API_KEY"],
  quirks: {
    reasoning: "reasoning",
  },
}
