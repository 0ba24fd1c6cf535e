import type { Provider } from "../provider.ts"

/**
 * Address as in anomalyco/models.dev providers/wandb; reasoning:
 * https://docs.wandb.ai/inference/response-settings/reasoning
 */
export const wandb: Provider = {
  name: "wandb",
  title: "Weights & Biases Inference",
  home: "https://wandb.ai/site/inference",
  reference: "https://docs.wandb.ai/guides/inference/api-reference",
  format: "openai-chat",
  url: "https://api.inference.wandb.ai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
  },
  keyVariables: ["WANDB_API_KEY"],
  quirks: {
    reasoning: "reasoning",
  },
}
