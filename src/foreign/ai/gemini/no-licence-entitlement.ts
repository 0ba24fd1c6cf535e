import { foreignCause } from "../../cause.ts"

export const aiGeminiNoLicenceEntitlement = foreignCause({
  code: "ai/gemini/no-licence-entitlement",
  emitter: "gemini",
  title: "The account has no licence for Gemini Code Assist in this project or organisation",
  why: "With a project set, the client asks for the edition of organisations, where each user needs a licence that an administrator assigns. Personal accounts have none and do not need one.",
  fix: [
    {
      by: "caller",
      does: "Unset `GOOGLE_CLOUD_PROJECT` with a personal account, and sign in anew",
      admits: "nobody else",
    },
    { by: "owner", does: "Have a licence assigned to the user in the organisation", admits: "that one user" },
  ],
  ask: {
    question: "Is a project set (`GOOGLE_CLOUD_PROJECT`), and is a licence assigned to this account in it?",
    why: "A project without a licence is the cause.",
  },
  sources: [
    "https://cloud.google.com/gemini/docs/codeassist/request-license",
    "https://github.com/google-gemini/gemini-cli/issues/13135",
    "https://github.com/google-gemini/gemini-cli/issues/19472",
    "https://github.com/router-for-me/CLIProxyAPI/issues/907",
    "google-gemini/gemini-cli packages/core/src/code_assist/types.ts",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "Google's reason for a missing licence",
      all: [{ in: ["body", "log", "symptom"], text: /SUBSCRIPTION_REQUIRED/ }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "Google's sentences for a missing licence",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /lack a Gemini Code Assist license|must be a named user on your organization's|request an entitlement to Gemini Code Assist|\(#3501\)|restricted from using Gemini Code Assist|don't have a valid license for (?:this product|Gemini)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report speaks of a licence or subscription of Code Assist",
      all: [
        { in: ["symptom"], text: /\b(?:licen[cs]es?|entitlements?|subscription|named user)\b/i },
        { in: ["symptom", "body", "log", "request"], text: /gemini|code assist|cloudaicompanion|cloudcode/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a licence or a company's account is spoken of",
      all: [
        {
          in: ["symptom"],
          text: /\blicen[cs]es?\b|许可证|\bsubscription\b|\bentitle\w{0,5}\b|\b(?:company|workspace|enterprise|organi[sz]ation)(?:'s)? (?:account|subscription)\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /gemini|code assist|google|cloudcode|antigravity/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "words for an account that may not use the free or licensed edition",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /not eligible for Gemini Code Assist|missing (?:a )?valid license|valid license for Gemini|#3501\b|need(?:s)? a license to use Gemini/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /openrouter/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the reasons that Google's server gives for a tier an account may not have",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /\b(?:DASHER_USER|INELIGIBLE_ACCOUNT|NON_USER_ACCOUNT|RESTRICTED_AGE|RESTRICTED_NETWORK|UNKNOWN_LOCATION|UNSUPPORTED_LOCATION|VALIDATION_REQUIRED)\b/,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /gemini|code ?assist|cloudcode|antigravity|ineligibleTier/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /openrouter/i }],
    },
  ],
})
