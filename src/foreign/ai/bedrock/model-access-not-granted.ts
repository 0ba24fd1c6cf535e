import { foreignCause } from "../../cause.ts"

export const aiBedrockModelAccessNotGranted = foreignCause({
  code: "ai/bedrock/model-access-not-granted",
  emitter: "bedrock",
  title: "The account has no access to this Bedrock model",
  why: "Some models must be asked for before an account may call them, each model and in each region by itself. Bedrock answers AccessDeniedException, whatever the role's policy says.",
  fix: [
    {
      by: "owner",
      does: "Have access to exactly this model asked for in the Bedrock console, in the region that is called",
      admits: "roles of the account that may invoke the model",
    },
    { by: "caller", does: "Call a model the account has, by its full id or inference profile", admits: "nobody else" },
  ],
  unwise: ["`bedrock:*` for the role: the policy is not what refuses"],
  ask: {
    question: "Does the console, in the region of the call, show access as granted for exactly this model id?",
    why: "Not granted is the cause; granted points to another region.",
  },
  sources: [
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html",
    "https://github.com/dirkpetersen/our-chat/issues/3",
    "https://github.com/viktoriasemaan/multi-agent/issues/2",
  ],
  clues: [
    {
      weight: "strong",
      basis: "case",
      says: "Bedrock's sentence, in a wrong region too",
      all: [
        { in: ["body", "log", "symptom"], text: /You don't have access to the model with the specified model ID/i },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "nothing is said of access that was granted, or of regions",
      all: [
        { in: ["body", "log", "symptom"], text: /You don't have access to the model with the specified model ID/i },
      ],
      none: [
        {
          in: ["symptom"],
          text: /\b(?:regions?|although|even though|despite|already|granted|enabled|approved|have access|has access)\b|\b(?:us|eu|ap)-[a-z]{4,9}-\d\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report tells that access was not asked for",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:request(?:ed)? (?:model )?access|model access|enable (?:the )?model|not (?:been )?granted)\b/i,
        },
        { in: ["symptom", "body", "log"], text: /bedrock|specified model ID/i },
      ],
      none: [{ in: ["symptom"], text: /\b(?:although|even though|despite|already|is granted|are granted)\b/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the account was never admitted to the model's operations",
      all: [{ in: ["body", "log", "symptom"], text: /Your account is not authorized to invoke this API operation/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "Bedrock's refusal as the libraries name it",
      all: [{ in: ["body", "log", "symptom"], text: /AccessDeniedException[^\n]{0,80}(?:InvokeModel|Converse)/ }],
      none: [{ in: ["body", "log", "symptom"], text: /not authorized to perform|marketplace|explicit deny/i }],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "Bedrock",
      all: [{ in: ["symptom", "log", "request"], text: /\bbedrock\b/i }],
      none: [{ in: ["body", "log", "symptom"], text: /marketplace/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "calls to some models are denied, in an account where models are switched on one by one",
      all: [
        { in: ["symptom"], text: /\bAccess ?Denied\b|\bdenied\b/i },
        { in: ["symptom"], text: /\b(?:some|which|certain|each|every|several|the) (?:\w{1,12} )?models?\b/i },
        { in: ["symptom"], text: /\b(?:accounts?|aws|bedrock|claude|nova|titan|tutorial|workshop|region)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /marketplace|not authorized to perform|hugging ?face|gated|openai|azure|gemini|vertex|litellm|explicit deny/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "access was asked for one model and another is called",
      all: [
        {
          in: ["symptom"],
          text: /\baccess\b[^\n]{0,20}\b(?:requested|asked|granted)\b[^\n]{0,60}\b(?:calls?|uses?|invokes?)\b|\b(?:haiku|sonnet|opus|titan|nova|llama)\b[^\n]{0,60}\b(?:haiku|sonnet|opus|titan|nova|llama)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /openrouter|plan\b|subscription|rate limit|hugging|marketplace/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "the same account reaches the model in the console",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:aws |the )?console\b[^\n]{0,60}\b(?:but|cannot|can't|not)\b|\bplayground\b[^\n]{0,60}\b(?:works?|but|cannot|can't|not)\b|\bworks? in the (?:aws )?(?:console|playground)\b/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "Bedrock's words where the maker's form is not filled in, or the account is new",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Model use case details have not been submitted|use case details form|have not filled out the request form|Model access is denied due to(?! IAM)|Your account is not authorized to invoke this API operation/i,
        },
      ],
      none: [{ in: ["symptom"], text: /\bregion\b|in the (?:aws )?console/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Bedrock's words for an account without access",
      all: [{ in: ["body", "log", "symptom"], text: /Your account is not authorized to invoke this API operation/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "the maker does not serve the country",
      all: [{ in: ["body", "log", "symptom"], text: /Access to Anthropic models is not allowed from unsupported/i }],
    },
  ],
})
