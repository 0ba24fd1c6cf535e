import { foreignCause } from "../../cause.ts"

export const aiGeminiScopeInsufficient = foreignCause({
  code: "ai/gemini/scope-insufficient",
  emitter: "gemini",
  title: "The access token was issued without the scope that this API asks for",
  why: "A token of OAuth holds the scopes that were agreed to when it was issued. A token for another API, for the machine's narrow default, or from before a scope was added is refused.",
  fix: [
    {
      by: "caller",
      does: "Sign in anew with the API's scope (`gcloud auth application-default login --scopes=…`)",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Use an API key, where the API takes one, and do not send the token beside it",
      admits: "nobody else",
    },
  ],
  unwise: ["`cloud-platform` for every machine and program: each may then do whatever its account may"],
  ask: {
    question: "Which scopes does `https://oauth2.googleapis.com/tokeninfo` show for the token?",
    why: "The one the API names is missing there.",
  },
  sources: [
    "googleapis/googleapis google/api/error_reason.proto",
    "https://github.com/NoeFabris/opencode-antigravity-auth/issues/81",
    "https://github.com/OthersideAI/self-operating-computer/issues/115",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Google's reason for a missing scope",
      all: [{ in: ["body", "log", "symptom"], text: /ACCESS_TOKEN_SCOPE_INSUFFICIENT/ }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "Google's sentence for a missing scope",
      all: [{ in: ["body", "log", "symptom"], text: /Request had insufficient authentication scopes/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the challenge for a missing scope",
      all: [
        { in: ["headers"], text: /insufficient_scope/ },
        { in: ["headers", "body", "log"], text: /google/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "scopes at Google",
      all: [
        { in: ["symptom"], text: /\b(?:oauth|scopes?)\b/i },
        { in: ["symptom", "body", "log", "request"], text: /\b(?:gemini|google|vertex|generativelanguage)\b/i },
      ],
    },
  ],
})
