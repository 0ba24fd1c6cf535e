import type { Provider } from "../provider.ts"

/** Address and authentication as in vercel/ai packages/google-vertex (EXPRESS_MODE_BASE_URL). */
export const vertexExpress: Provider = {
  name: "vertex-express",
  title: "Google Vertex AI, express mode",
  home: "https://cloud.google.com/vertex-ai",
  reference: "https://cloud.google.com/vertex-ai/generative-ai/docs/start/express-mode/overview",
  format: "gemini",
  url: "https://aiplatform.googleapis.com/v1/publishers/google",
  auth: [{ kind: "header", name: "x-goog-api-key" }],
  paths: {
    chat: "/models/{model}:generateContent",
    chatStream: "/models/{model}:streamGenerateContent?alt=sse",
    countTokens: "/models/{model}:countTokens",
  },
  keyVariables: ["GOOGLE_VERTEX_API_KEY"],
  prices: "google",
}
