import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/ovhcloud and Portkey-AI/gateway src/providers/ovhcloud. */
export const ovhcloud: Provider = {
  name: "ovhcloud",
  title: "OVHcloud AI Endpoints",
  home: "https://endpoints.ai.cloud.ovh.net",
  reference: "https://help.ovhcloud.com/csm/en-public-cloud-ai-endpoints",
  format: "openai-chat",
  url: "https://oai.endpoints.kepler.ai.cloud.ovh.net/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    embeddings: "/embeddings",
  },
  keyVariables: ["OVHCLOUD_API_KEY"],
  quirks: {
    reasoning: "reasoning_content",
  },
  prices: "ovhcloud",
}
