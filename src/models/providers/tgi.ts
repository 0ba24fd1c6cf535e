import type { Provider } from "../provider.ts"

/**
 * Paths as on the reference page (Messages API). Its JSON mode is a grammar of its own:
 * https://huggingface.co/docs/text-generation-inference/basic_tutorials/using_guidance
 */
export const tgi: Provider = {
  name: "tgi",
  title: "Text Generation Inference",
  home: "https://huggingface.co/docs/text-generation-inference",
  reference: "https://huggingface.co/docs/text-generation-inference/reference/api_reference",
  format: "openai-chat",
  url: "http://127.0.0.1:3000/v1",
  auth: [{ kind: "none" }, { kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    completions: "/completions",
  },
  keyVariables: [],
  quirks: {
    structuredOutput: "none",
  },
}
