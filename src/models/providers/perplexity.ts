import type { Provider } from "../provider.ts"

/**
 * Fields as in BerriAI/litellm litellm/llms/perplexity and vercel/ai packages/perplexity; roles:
 * https://github.com/perplexityai/api-discussion/issues/265
 */
export const perplexity: Provider = {
  name: "perplexity",
  title: "Perplexity",
  home: "https://www.perplexity.ai",
  reference: "https://docs.perplexity.ai/api-reference/chat-completions-post",
  format: "openai-chat",
  url: "https://api.perplexity.ai",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
  },
  keyVariables: ["PERPLEXITY_API_KEY", "PPLX_API_KEY"],
  quirks: {
    streamUsage: "always",
    refuses: [
      "logit_bias",
      "logprobs",
      "n",
      "parallel_tool_calls",
      "seed",
      "stop",
      "stream_options",
      "tool_choice",
      "tools",
      "top_logprobs",
    ],
    roles: "alternating",
    topK: true,
  },
  prices: "perplexity",
}
