import type { Provider } from "../provider.ts"

/** Paths as in vercel/ai packages/cohere. */
export const cohere: Provider = {
  name: "cohere",
  title: "Cohere",
  home: "https://cohere.com",
  reference: "https://docs.cohere.com/v2/reference/chat",
  format: "cohere",
  url: "https://api.cohere.com",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/v2/chat",
    embeddings: "/v2/embed",
    rerank: "/v2/rerank",
    models: "/v1/models",
  },
  keyVariables: ["COHERE_API_KEY", "CO_API_KEY"],
  prices: "cohere",
}
