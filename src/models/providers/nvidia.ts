import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/nvidia; fields as in BerriAI/litellm litellm/llms/nvidia_nim. */
export const nvidia: Provider = {
  name: "nvidia",
  title: "NVIDIA NIM",
  home: "https://build.nvidia.com",
  reference: "https://docs.api.nvidia.com/nim/reference/llm-apis",
  format: "openai-chat",
  url: "https://integrate.api.nvidia.com/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    completions: "/completions",
    embeddings: "/embeddings",
  },
  keyVariables: ["NVIDIA_API_KEY"],
  quirks: {
    refuses: ["logit_bias", "n", "user"],
    reasoning: "reasoning_content",
  },
}
