import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/digitalocean. */
export const digitalocean: Provider = {
  name: "digitalocean",
  title: "DigitalOcean Gradient",
  home: "https://www.digitalocean.com/products/gradient",
  reference: "https://docs.digitalocean.com/reference/api/digitalocean/#tag/Serverless-Inference",
  format: "openai-chat",
  url: "https://inference.do-ai.run/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
  },
  keyVariables: ["DIGITALOCEAN_ACCESS_TOKEN"],
  quirks: {
    reasoning: "reasoning_content",
  },
}
