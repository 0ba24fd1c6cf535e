import { foreignCause } from "../../cause.ts"

export const aiNovitaBalance = foreignCause({
  code: "ai/novita/balance",
  emitter: "novita",
  isNoMatterOfRights: true,
  title: "The Novita account has no balance left",
  why: "Novita answers 403 where others answer 402: the key is right, and there is nothing to pay the call with.",
  fix: [{ by: "owner", does: "Add credit to the account", admits: "nobody else" }],
  sources: [
    "eolinker/apinto drivers/ai-provider/novita/novita.go",
    "https://novita.ai/docs/api-reference/basic-error-code",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "Novita's reason for it",
      all: [{ in: ["body", "log", "symptom"], text: /\bNOT_ENOUGH_BALANCE\b/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Novita's sentence for it",
      all: [{ in: ["body", "log", "symptom"], text: /not enough balance/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Novita's API",
      all: [{ in: ["request", "symptom", "log", "config"], text: /api\.novita\.ai|\bnovita\b/i }],
    },
  ],
})
