import type { Provider } from "../provider.ts"

/** Paths as in vercel/ai packages/xai; the name of messages and `strict` as in BerriAI/litellm litellm/llms/xai. */
export const xai: Provider = {
  name: "xai",
  title: "xAI",
  home: "https://x.ai",
  reference: "https://docs.x.ai/docs/api-reference",
  format: "openai-chat",
  url: "https://api.x.ai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
    completions: "/completions",
    images: "/images/generations",
  },
  keyVariables: ["XAI_API_KEY"],
  quirks: {
    refuses: ["name", "strict"],
    reasoning: "reasoning_content",
  },
  prices: "x-ai",
}
