import type { Provider } from "../provider.ts"

/**
 * Paths as in vercel/ai packages/mistral. It answers 422 to fields it does not know
 * (https://github.com/openai/openai-agents-python/issues/442); a `name` of messages, `random_seed` and `any` as in
 * BerriAI/litellm litellm/llms/mistral; ids of tool calls as in mistral-common's validator.
 */
export const mistral: Provider = {
  name: "mistral",
  title: "Mistral AI",
  home: "https://mistral.ai",
  reference: "https://docs.mistral.ai/api",
  format: "openai-chat",
  url: "https://api.mistral.ai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    embeddings: "/embeddings",
    speech: "/audio/speech",
    transcription: "/audio/transcriptions",
    moderations: "/moderations",
  },
  keyVariables: ["MISTRAL_API_KEY"],
  quirks: {
    streamUsage: "always",
    refuses: [
      "logit_bias",
      "logprobs",
      "metadata",
      "name",
      "service_tier",
      "store",
      "stream_options",
      "top_logprobs",
      "user",
    ],
    toolCallIds: "nine-alphanumerics",
    toolRequired: "any",
    seed: "random_seed",
  },
  prices: "mistral",
}
