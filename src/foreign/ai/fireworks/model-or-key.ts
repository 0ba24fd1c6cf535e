import { foreignCause } from "../../cause.ts"

export const aiFireworksModelOrKey = foreignCause({
  code: "ai/fireworks/model-or-key",
  emitter: "fireworks",
  title: "Fireworks does not know the model or the key, and answers 403 for both",
  why: "Fireworks gives the same status for a model id that does not exist or is not deployed, and for a key that is not valid.",
  fix: [
    {
      by: "caller",
      does: "Name the model in full (`accounts/fireworks/models/…`), and check it against the list of models",
      admits: "nobody else",
    },
    { by: "caller", does: "Use a valid key in `Authorization: Bearer …`", admits: "nobody else" },
  ],
  ask: {
    question:
      "Does `GET https://api.fireworks.ai/inference/v1/models` answer 200 with this key, and does it list the model?",
    why: "A refusal there is the key's; a list without the model is the model's.",
  },
  sources: [
    "eolinker/apinto drivers/ai-provider/fireworks/fireworks.go",
    "https://docs.fireworks.ai/api-reference/introduction",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "Fireworks' API",
      all: [{ in: ["request", "symptom", "log", "config"], text: /api\.fireworks\.ai|accounts\/fireworks\/models/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Fireworks is named",
      all: [{ in: ["symptom", "body", "log"], text: /\bfireworks(?:[ .-]?ai)?\b/i }],
    },
  ],
})
