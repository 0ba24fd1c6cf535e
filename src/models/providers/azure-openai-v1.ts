import type { Provider } from "../provider.ts"

/** Without deployments in addresses, as in vercel/ai packages/azure. The bearer is a token of Microsoft Entra. */
export const azureOpenaiV1: Provider = {
  name: "azure-openai-v1",
  title: "Azure OpenAI, v1 API",
  home: "https://azure.microsoft.com/products/ai-foundry/models/openai",
  reference: "https://learn.microsoft.com/en-us/azure/ai-foundry/openai/latest",
  format: "openai-chat",
  url: "https://{resource}.openai.azure.com/openai/v1",
  settings: [
    {
      name: "resource",
      means: "The Azure resource, the first part of its host name",
      example: "my-resource",
    },
  ],
  auth: [{ kind: "header", name: "api-key" }, { kind: "bearer" }],
  paths: {
    chat: "/chat/completions",
    models: "/models",
    responses: "/responses",
    completions: "/completions",
    embeddings: "/embeddings",
    images: "/images/generations",
    speech: "/audio/speech",
    transcription: "/audio/transcriptions",
  },
  quirks: {
    maxTokens: "max_completion_tokens",
    developerRole: true,
  },
  keyVariables: ["AZURE_OPENAI_API_KEY", "AZURE_API_KEY"],
  prices: "azure",
}
