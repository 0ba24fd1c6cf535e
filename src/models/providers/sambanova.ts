import type { Provider } from "../provider.ts"

/** Address, fields and text in lists as in BerriAI/litellm litellm/llms/sambanova. */
export const sambanova: Provider = {
  name: "sambanova",
  title: "SambaNova",
  home: "https://sambanova.ai",
  reference: "https://docs.sambanova.ai/cloud/api-reference/endpoints/chat",
  format: "openai-chat",
  url: "https://api.sambanova.ai/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    embeddings: "/embeddings",
    transcription: "/audio/transcriptions",
  },
  keyVariables: ["SAMBANOVA_API_KEY"],
  quirks: {
    content: "string",
    refuses: ["logit_bias", "logprobs", "n", "top_logprobs", "user"],
    topK: true,
  },
}
