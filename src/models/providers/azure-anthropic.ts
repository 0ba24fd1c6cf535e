import type { Provider } from "../provider.ts"

/** Address as in anomalyco/models.dev providers/azure-cognitive-services. */
export const azureAnthropic: Provider = {
  name: "azure-anthropic",
  title: "Anthropic on Microsoft Foundry",
  home: "https://ai.azure.com",
  reference: "https://learn.microsoft.com/en-us/azure/ai-foundry/foundry-models/how-to/use-foundry-models-claude",
  format: "anthropic",
  url: "https://{resource}.services.ai.azure.com/anthropic/v1",
  settings: [
    {
      name: "resource",
      means: "The Azure resource, the first part of its host name",
      example: "my-resource",
    },
  ],
  auth: [{ kind: "header", name: "x-api-key" }, { kind: "bearer" }],
  headers: [["anthropic-version", "2023-06-01"]],
  paths: {
    chat: "/messages",
  },
  keyVariables: ["ANTHROPIC_FOUNDRY_API_KEY", "AZURE_API_KEY"],
  prices: "azure",
}
