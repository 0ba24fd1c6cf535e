import type { Provider } from "../provider.ts"

/** Paths and the shape of rerank as in vercel/ai packages/voyage. */
export const voyage: Provider = {
  name: "voyage",
  title: "Voyage AI",
  home: "https://www.voyageai.com",
  reference: "https://docs.voyageai.com/reference/embeddings-api",
  format: "openai-chat",
  url: "https://api.voyageai.com/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    embeddings: "/embeddings",
    rerank: "/rerank",
  },
  keyVariables: ["VOYAGE_API_KEY"],
  quirks: {
    rerank: "top-k",
  },
  prices: "voyageai",
}
