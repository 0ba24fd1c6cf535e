import type { Provider } from "../provider.ts"

/** Paths as in the official SDK (@google/genai 2.32.0). */
export const gemini: Provider = {
  name: "gemini",
  title: "Google Gemini",
  home: "https://ai.google.dev",
  reference: "https://ai.google.dev/api",
  format: "gemini",
  url: "https://generativelanguage.googleapis.com/v1beta",
  auth: [{ kind: "header", name: "x-goog-api-key" }, { kind: "google-access-token" }],
  paths: {
    chat: "/models/{model}:generateContent",
    chatStream: "/models/{model}:streamGenerateContent?alt=sse",
    embeddings: "/models/{model}:batchEmbedContents",
    models: "/models",
    countTokens: "/models/{model}:countTokens",
  },
  keyVariables: ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
  prices: "google",
}
