import { foreignCause } from "../cause.ts"

export const tykJwt = foreignCause({
  code: "tyk/jwt",
  emitter: "tyk",
  title: "The token is valid and leads to no policy, or is signed in an unexpected way",
  why: "Tyk maps a claim of the token to a policy, which holds the rights. A claim that is missing, a policy of another organisation, or another signing method leaves no rights.",
  fix: [
    {
      by: "operator",
      does: "Map the claim the token has to a policy, or set a default policy",
      admits: "holders of such tokens, within that policy",
    },
    {
      by: "operator",
      does: "Set the API's signing method to the one the issuer uses",
      admits: "holders of tokens of that issuer",
    },
    { by: "caller", does: "Fetch a token with the claim that names the policy", admits: "nobody else" },
  ],
  unwise: ["A default policy with every right admits every token of the issuer"],
  ask: {
    question: "Which value does the policy claim of the token have, and is there a policy with that id?",
    why: "A missing claim and an unknown policy differ only in the log",
  },
  sources: ["TykTechnologies/tyk gateway/mw_jwt.go"],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Tyk found no policy for the token",
      all: [{ in: ["body", "log", "symptom"], text: /key not authori[sz]ed: (?:no matching policy|could not apply)/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Tyk met another signing method than configured",
      all: [{ in: ["body", "log", "symptom"], text: /Key not authori[sz]ed: Unexpected signing method/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Tyk could not tell whose token it is",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /no suitable claims for user ID were found|found an empty user ID in/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Tyk's refusal of a key or token",
      all: [{ in: ["body", "log", "symptom"], text: /\bKey not authori[sz]ed\b/i }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "tokens at Tyk",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\btyk\b/i },
        { in: ["symptom"], text: /\bJWT\b|\btokens?\b|\bpolicy\b|\bOIDC\b/i },
      ],
    },
  ],
})
