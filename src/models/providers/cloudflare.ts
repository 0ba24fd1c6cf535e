import type { Provider } from "../provider.ts"

/** Address and paths as on the reference page. */
export const cloudflare: Provider = {
  name: "cloudflare",
  title: "Cloudflare Workers AI",
  home: "https://developers.cloudflare.com/workers-ai",
  reference: "https://developers.cloudflare.com/workers-ai/configuration/open-ai-compatibility",
  format: "openai-chat",
  url: "https://api.cloudflare.com/client/v4/accounts/{account}/ai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    responses: "/responses",
    embeddings: "/embeddings",
  },
  keyVariables: ["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_KEY"],
  settings: [
    {
      name: "account",
      means: "The id of the Cloudflare account",
      example: "023e105f4ecef8ad9ca31a8372d0c353",
    },
  ],
  quirks: {
    reasoning: "reasoning_content",
  },
  prices: "cloudflare",
}
