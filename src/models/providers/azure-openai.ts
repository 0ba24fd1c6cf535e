import type { Provider } from "../provider.ts"

/**
 * Addresses by deployment as in vercel/ai packages/azure (useDeploymentBasedUrls). The bearer is a token of
 * Microsoft Entra.
 */
export const azureOpenai: Provider = {
  name: "azure-openai",
  title: "Azure OpenAI",
  home: "https://azure.microsoft.com/products/ai-foundry/models/openai",
  reference: "https://learn.microsoft.com/en-us/azure/ai-foundry/openai/reference",
  format: "azure-openai",
  url: "https://{resource}.openai.azure.com/openai",
  settings: [
    {
      name: "resource",
      means: "The Azure resource, the first part of its host name",
      example: "my-resource",
    },
    {
      name: "version",
      means: "The version of the API",
      example: "2024-10-21",
      fallback: "2024-10-21",
    },
  ],
  auth: [{ kind: "header", name: "api-key" }, { kind: "bearer" }],
  paths: {
    chat: "/deployments/{model}/chat/completions?api-version={version}",
    responses: "/v1/responses",
    completions: "/deployments/{model}/completions?api-version={version}",
    embeddings: "/deployments/{model}/embeddings?api-version={version}",
    images: "/deployments/{model}/images/generations?api-version={version}",
    speech: "/deployments/{model}/audio/speech?api-version={version}",
    transcription: "/deployments/{model}/audio/transcriptions?api-version={version}",
    models: "/v1/models",
  },
  quirks: {
    maxTokens: "max_completion_tokens",
    developerRole: true,
  },
  keyVariables: ["AZURE_OPENAI_API_KEY", "AZURE_API_KEY"],
  prices: "azure",
}
