import type { Provider } from "../provider.ts"

/** Address as in vercel/ai packages/huggingface. */
export const huggingface: Provider = {
  name: "huggingface",
  title: "Hugging Face Inference Providers",
  home: "https://huggingface.co/docs/inference-providers",
  reference: "https://huggingface.co/docs/inference-providers/tasks/chat-completion",
  format: "openai-chat",
  url: "https://router.huggingface.co/v1",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
  },
  keyVariables: ["HF_TOKEN"],
  quirks: {
    reasoning: "reasoning_content",
  },
}
