import { foreignCause } from "../../cause.ts"

export const aiAzureOpenaiWrongEndpointForVnet = foreignCause({
  code: "ai/azure-openai/wrong-endpoint-for-vnet",
  emitter: "azure-openai",
  title: "The Azure resource has network rules and must be called by its own name",
  why: "A resource with a virtual network is reached only by its custom subdomain. The region's shared endpoint cannot tell which rules apply, and refuses.",
  fix: [
    {
      by: "caller",
      does: "Call `https://<resource>.openai.azure.com` (or `.cognitiveservices.azure.com`) instead of the region's endpoint",
      admits: "nobody else",
    },
    { by: "operator", does: "Give the resource a custom subdomain, where it has none", admits: "nobody else" },
  ],
  unwise: ["Opening the resource to all networks: only the key then protects it"],
  ask: {
    question: "Is the host of the request the resource's own name, or a region's?",
    why: "A region's name is the cause.",
  },
  sources: [
    "https://learn.microsoft.com/azure/ai-services/cognitive-services-custom-subdomains",
    "https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks",
    "https://github.com/continuedev/continue/issues/12547",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "the resource's sentence for a call by the wrong name",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /A Virtual Network is configured for this resource|Please use the correct endpoint for making requests|aka\.ms\/cogsvc-vnet/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the region's shared endpoint is called",
      all: [{ in: ["request", "symptom", "log", "config"], text: /\b[a-z0-9]{4,30}\.api\.cognitive\.microsoft\.com/i }],
    },
  ],
})
