import { foreignCause } from "../../cause.ts"

export const aiBedrockMarketplacePermissionMissing = foreignCause({
  code: "ai/bedrock/marketplace-permission-missing",
  emitter: "bedrock",
  title: "The role may not accept the model's Marketplace offer",
  why: "Models of other makers are offers of AWS Marketplace. The first call in an account accepts the offer in the caller's name, for which the role needs Marketplace rights; later calls do not.",
  fix: [
    {
      by: "operator",
      does: "Accept the model's offer once, with an administrator's role (a first call in the console does)",
      admits: "roles of the account that may invoke the model",
    },
    {
      by: "operator",
      does: "Give the role `aws-marketplace:ViewSubscriptions` and `aws-marketplace:Subscribe`, with the condition `aws:CalledViaLast: bedrock.amazonaws.com`, and take them away afterwards",
      admits: "that role, to accept offers that cost money",
    },
  ],
  unwise: [
    "`aws-marketplace:*` for a role that runs all the time: whoever takes it over can subscribe in the account's name",
  ],
  ask: {
    question: "Has anyone in this account called the model before, and was it more than a few minutes ago?",
    why: "If not, the offer is not accepted yet.",
  },
  sources: [
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html",
    "https://github.com/aws-samples/anthropic-on-aws/pull/252",
    "https://github.com/aws-samples/sample-host-openclaw-on-amazon-bedrock-agentcore/issues/41",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "Bedrock names the Marketplace actions",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /aws-marketplace:(?:ViewSubscriptions|Subscribe)|required AWS Marketplace actions|MPAgreementBeingCreated|AWS Marketplace subscription for this model cannot be completed/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "Bedrock and the Marketplace",
      all: [
        { in: ["symptom"], text: /\bmarketplace\b/i },
        { in: ["symptom", "body", "log"], text: /bedrock/i },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "Bedrock",
      all: [
        { in: ["symptom", "log", "request"], text: /bedrock/i },
        { in: ["symptom", "body", "log"], text: /\b(?:subscri\w*|agreement|offer)\b/i },
      ],
    },
  ],
})
