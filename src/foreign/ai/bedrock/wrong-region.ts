import { foreignCause } from "../../cause.ts"

export const aiBedrockWrongRegion = foreignCause({
  code: "ai/bedrock/wrong-region",
  emitter: "bedrock",
  title: "The call goes to a region in which the model is not available or not allowed",
  why: "Access is granted per region, and inference profiles send calls on to several. A client whose default region differs from the granted one, or an organisation's policy that closes regions, refuses a model that works elsewhere.",
  fix: [
    {
      by: "caller",
      does: "Set the region of the client to the one with access (`AWS_REGION`, `region_name`), or use the profile of your own regions (`eu.`, `us.`)",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Allow the model in all regions the inference profile names, in policy and organisation",
      admits: "roles with that policy, in those regions",
    },
  ],
  unwise: ["Lifting the organisation's limit on regions altogether: data then leaves the regions it was kept to"],
  ask: {
    question: "Which region does the request's host (or the ARN in the message) name, and is it the one with access?",
    why: "A difference is the cause.",
  },
  sources: [
    "https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html",
    "https://github.com/aws-samples/sample-agentic-frameworks-on-aws/issues/44",
    "https://github.com/aws-samples/recorded-voice-insight-extraction-webapp/issues/4",
    "https://github.com/anthropics/claude-code/issues/561",
  ],
  clues: [
    {
      weight: "strong",
      basis: "case",
      says: "access was granted, and Bedrock says that there is none",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:although|even though|despite|though|already|is granted|are granted|was granted|enabled|approved|have access|has access|with access|all permissions)\b/i,
        },
        {
          in: ["body", "log", "symptom"],
          text: /You don't have access to the model with the specified model ID|AccessDeniedException[^\n]{0,80}(?:InvokeModel|Converse)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "regions are named in the report",
      all: [
        { in: ["symptom"], text: /\bregions?\b|\b(?:us|eu|ap|ca|sa)-[a-z]{4,9}-\d\b/i },
        {
          in: ["symptom", "body", "log", "request"],
          text: /bedrock|InvokeModel|Converse|specified model ID|foundation-model/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "an organisation's policy or one by region refuses to invoke",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /not authorized to perform: bedrock:InvokeModel\w{0,40}[^\n]{0,300}explicit deny/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Bedrock's sentence, where access was not asked for too",
      all: [
        { in: ["body", "log", "symptom"], text: /You don't have access to the model with the specified model ID/i },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "profiles that send calls to several regions",
      all: [
        {
          in: ["symptom", "log", "request", "config"],
          text: /\b(?:us|eu|apac|global)\.(?:anthropic|amazon|meta)\.|inference[- ]profile/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "access is told to be granted, and the call is denied: access is granted by region",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:although|though|even though|despite|already|have|has|with)\b[^\n]{0,30}\b(?:model )?access\b[^\n]{0,20}\b(?:granted|enabled|approved|given)\b|\bmodel access is (?:granted|enabled)\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bmodels?\b|converse|invoke|bedrock|claude|nova|titan/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /marketplace|not authorized to perform|openai|gemini|gated|hugging/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "two regions of AWS are named, and a model",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:us|eu|ap|ca|sa)-[a-z]{4,9}-\d\b[^\n]{0,80}\b(?:us|eu|ap|ca|sa)-[a-z]{4,9}-\d\b/,
        },
        { in: ["symptom"], text: /\bmodels?\b|bedrock|claude/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the model answers in the console, which has a region of its own, and not from the program",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:aws |the )?console\b[^\n]{0,60}\b(?:but|cannot|can't|not)\b|\bplayground\b[^\n]{0,60}\b(?:works?|but|cannot|can't|not)\b|\bworks? in the (?:aws )?(?:console|playground)\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\bbedrock\b|InvokeModel|\bConverse\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /not authorized to perform|marketplace/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Bedrock works elsewhere, and the account is told to have no access here",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Your account is not authorized to invoke this API operation|Access to Anthropic models is not allowed from unsupported/i,
        },
        { in: ["symptom"], text: /console|region|works|playground|country/i },
      ],
    },
  ],
})
