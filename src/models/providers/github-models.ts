import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/github-models. */
export const githubModels: Provider = {
  name: "github-models",
  title: "GitHub Models",
  home: "https://github.com/marketplace/models",
  reference: "https://docs.github.com/en/rest/models/inference",
  format: "openai-chat",
  url: "https://models.github.ai/inference",
  auth: [{ kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    embeddings: "/embeddings",
  },
  keyVariables: ["GITHUB_TOKEN"],
  quirks: {
    developerRole: true,
  },
}
