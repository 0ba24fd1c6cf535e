import { foreignCause } from "../../cause.ts"

export const aiGeminiInvalidConsumerProject = foreignCause({
  code: "ai/gemini/invalid-consumer-project",
  emitter: "gemini",
  title: "The project that is to pay for the call does not exist or is closed to the caller",
  why: "Each call is made in the name of a Google Cloud project. A made-up id such as `default`, a number where the id is wanted, or a project of someone else is refused before anything else.",
  fix: [
    {
      by: "caller",
      does: "Set `GOOGLE_CLOUD_PROJECT` (or the client's project setting) to the id of a project of yours, or unset it for a personal account",
      admits: "nobody else",
    },
    {
      by: "owner",
      does: "Have `roles/serviceusage.serviceUsageConsumer` on the project given to the caller",
      admits: "that account, to use the project's APIs and quota",
    },
  ],
  ask: {
    question: "Which project does `metadata.consumer` in the answer name, and does it exist under that id?",
    why: "A name that is not yours or not an id is the cause.",
  },
  sources: [
    "googleapis/googleapis google/api/error_reason.proto",
    "https://github.com/Kilo-Org/kilocode/issues/2838",
    "https://github.com/gemini-cli-extensions/nanobanana/issues/16",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Google's reason for a project that is none",
      all: [{ in: ["body", "log", "symptom"], text: /\bCONSUMER_INVALID\b/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Google's sentence for it",
      all: [{ in: ["body", "log", "symptom"], text: /Permission denied on resource project/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the caller may not use the project",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /USER_PROJECT_DENIED|serviceusage\.services\.use|Caller does not have required permission to use project/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the project's id is in question",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:project id|GOOGLE_CLOUD_PROJECT|cloud project|wrong project|default project)\b/i,
        },
        { in: ["symptom", "body", "log", "request"], text: /gemini|google|vertex|code assist/i },
      ],
      none: [
        { in: ["body", "log", "symptom"], text: /license|entitlement|named user|SERVICE_DISABLED|has not been used/i },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Gemini CLI's sign-in is used by another program, with a project of its own making",
      all: [
        { in: ["symptom"], text: /\bgemini[- ]cli\b|\bproject[_ ]?id\b/i },
        {
          in: ["symptom"],
          text: /\b(?:provider|extension|plugin|kilo|cline|roo|oauth|editor|proxy|project[_ ]?id)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /licen[cs]e|entitle|terms|disabled|SERVICE_DISABLED|API_KEY|SCOPE|subscription/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Gemini CLI as a provider in another program",
      all: [
        { in: ["symptom"], text: /\bgemini[- ]cli\b/i },
        { in: ["symptom"], text: /\b(?:provider|extension|oauth)\b/i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Google asks for a project that counts the call",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /requires a quota project, which is not set by default|authenticating by using local Application Default Credentials|serviceUsageConsumer|set-quota-project/i,
        },
      ],
    },
  ],
})
