import { foreignCause } from "../../cause.ts"

export const aiAzureOpenaiNetworkRules = foreignCause({
  code: "ai/azure-openai/network-rules",
  emitter: "azure-openai",
  title: "The Azure resource's network rules do not admit the caller",
  why: "An Azure AI resource can be closed to all but chosen networks. What counts is the address of whoever calls it: behind an agent service, search or a database that is the second service, not the user's machine.",
  fix: [
    {
      by: "operator",
      does: "Add the calling network or private endpoint to the resource's rules, or the second service to its trusted services",
      admits: "that network or service, to the resource's API with a key",
    },
    {
      by: "caller",
      does: "Call from a network that is admitted, by the private endpoint's name",
      admits: "nobody else",
    },
  ],
  unwise: ["Opening the resource to all networks: only the key then protects it"],
  ask: {
    question: "Which address or service calls the resource at last, and is it in its rules?",
    why: "Where another service calls, the user's address does not matter.",
  },
  sources: [
    "https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks",
    "https://github.com/Azure-Samples/azure-sql-db-chatbot/issues/3",
    "https://github.com/Azure/azure-sdk-for-python/issues/39887",
    "https://github.com/microsoft/microsoft-foundry-for-vscode/issues/29",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "the policy that refuses by network rules",
      all: [{ in: ["headers", "body", "log"], text: "ThrowExceptionDueToTrafficDenied" }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the resource's sentence where its rules refuse",
      all: [{ in: ["body", "log", "symptom"], text: /Access denied due to Virtual Network\/Firewall rules/i }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the resource is closed to public networks",
      all: [{ in: ["body", "log", "symptom"], text: /Public access is disabled\. Please configure private endpoint/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an Azure AI resource, refused",
      all: [
        {
          in: ["symptom", "log", "request"],
          text: /\bopen ?ai studio\b|\bai foundry\b|azure[- _](?:open ?ai|ai[- ](?:projects?|foundry|services?|agents?))|\baoai\b|azureml|openai\.azure\.com|cognitiveservices\.azure\.com|services\.ai\.azure\.com|ai-projects/i,
        },
      ],
      none: [
        {
          in: ["body", "log"],
          text: /use the correct endpoint|PermissionDenied|lacks the required data action|DeploymentNotFound|InvalidApiKey/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "networks are in question at Azure",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:v-?net|virtual network|firewall|private endpoint|public (?:network )?access|selected networks|allow-?list|whitelist)\b/i,
        },
        { in: ["symptom", "body", "log", "request"], text: /azure|openai|cognitive/i },
      ],
      none: [{ in: ["body", "log"], text: /use the correct endpoint|x-ms-error-code|blob\.core/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "networks of an AI resource were closed",
      all: [
        {
          in: ["symptom"],
          text: /\bdisabl\w{1,3}\b[^\n]{0,20}\b(?:all |public )?networks?\b|\b(?:all|public|private|selected) networks?\b|\bnetworking\b|\bv-?net\b|\bprivate (?:link|endpoint|dns)\b/i,
        },
        {
          in: ["symptom", "body", "log", "request"],
          text: /open ?ai|cognitive|\bai (?:services?|resource|foundry)|\baoai\b/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the resource's words where only private endpoints are admitted",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Traffic is not from an approved private endpoint/i,
        },
      ],
    },
  ],
})
