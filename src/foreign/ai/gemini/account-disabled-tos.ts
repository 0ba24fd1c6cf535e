import { foreignCause } from "../../cause.ts"

export const aiGeminiAccountDisabledTos = foreignCause({
  code: "ai/gemini/account-disabled-tos",
  emitter: "gemini",
  title: "Google has disabled the service for this account or project",
  why: "Accounts that break the terms, or look as if they did (third-party sign-ins, leaked keys), are closed to the service. No setting of the client changes that.",
  fix: [
    {
      by: "owner",
      does: "Appeal by the form or address that the message names, and stop using the account through other programs",
      admits: "nobody else",
    },
    {
      by: "owner",
      does: "Revoke a key that was leaked, where that was the reason, and make a new one in a project in good standing",
      admits: "nobody else",
    },
  ],
  unwise: ["Going on with further accounts: they are closed in turn"],
  sources: [
    "https://geminicli.com/docs/resources/tos-privacy/",
    "https://github.com/google-gemini/gemini-cli/issues/19501",
    "https://github.com/lbjlaq/Antigravity-Manager/issues/1653",
    "https://github.com/google/generative-ai-docs/issues/356",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "Google's sentence for it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /disabled in this account for violation of\s{0,3}(?:\\n|\\t|\\|\s){0,8}(?:the )?Terms|violation of Terms of\s{0,3}(?:\\n|\\t|\\|\s){0,8}Service|\bTOS_VIOLATION\b/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "case",
      says: "Google's reason where a key's project is suspended",
      all: [{ in: ["body", "log", "symptom"], text: /CONSUMER_SUSPENDED|Consumer '[^'\n]{1,200}' has been suspended/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the key was reported as leaked",
      all: [{ in: ["body", "log", "symptom"], text: /API key was reported as leaked/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report tells of a closed account",
      all: [
        { in: ["symptom"], text: /\b(?:banned|suspended|disabled|terms of service|tos|appeal)\b/i },
        { in: ["symptom", "body", "log", "request"], text: /gemini|google|antigravity|code assist/i },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /SERVICE_DISABLED|has not been used in project/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Google's sentence where a project is denied",
      all: [{ in: ["body", "log", "symptom"], text: /Your project has been denied access\. Please contact support/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Google shut an account out after other programs used it",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:account|accounts|I|me|my)\b[^\n]{0,40}\b(?:blocked|banned|ban|disabled|suspended|locked|terminated)\b|\bban(?:ned)?\b|被(?:封|ban)/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /gemini|antigravity|google|code assist/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /SERVICE_DISABLED|has not been used in project|API[_ ]KEY|referer|CONSUMER_INVALID|country|region|github|\bs3\b|wordpress/i,
        },
      ],
    },
  ],
})
