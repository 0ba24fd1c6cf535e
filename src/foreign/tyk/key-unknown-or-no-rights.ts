import { foreignCause } from "../cause.ts"

export const tykKeyUnknownOrNoRights = foreignCause({
  code: "tyk/key-unknown-or-no-rights",
  emitter: "tyk",
  title: "Tyk does not know the key, or the key has no right to this API",
  why: "A key holds the list of APIs it may use. Tyk answers alike for a key it does not know, a certificate it does not know and a key without a right to this API, so that nobody can test keys.",
  fix: [
    {
      by: "caller",
      does: "Check the key and the header it is sent in, and that it belongs to this environment",
      admits: "nobody else",
    },
    { by: "operator", does: "Add this API to the key's access rights or its policy", admits: "that key, on this API" },
  ],
  unwise: ["Making the API keyless admits everyone"],
  ask: {
    question: "Does the gateway's log say that the key was not found, or that its access rights do not name the API?",
    why: "The answer hides which",
  },
  sources: [
    "TykTechnologies/tyk gateway/mw_auth_key.go",
    "TykTechnologies/tyk gateway/handler_error.go",
    "https://github.com/GIScience/openrouteservice-js/issues/96",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Tyk writes this of an unknown key or one without a right to the API",
      all: [{ in: ["body", "log", "symptom"], text: /Access to this API has been disallowed/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Tyk's log of such a key",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Attempted access with (?:non-existent key|invalid key)|Attempted access to unauthori[sz]ed API/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "keys at Tyk",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\btyk\b/i },
        { in: ["symptom"], text: /\bapi ?key|\bkeys?\b/i },
      ],
    },
    {
      weight: "slight",
      basis: "source",
      says: "Tyk wrote the answer",
      all: [{ in: ["headers"], text: /^x-generator:\s{0,3}tyk\.io/im }],
    },
    {
      weight: "fair",
      basis: "observed",
      says: "openrouteservice puts Tyk before its API",
      all: [{ in: ["symptom", "request", "log", "body"], text: /\bopenrouteservice\b|api\.openrouteservice\.org/i }],
      none: [{ in: ["symptom", "body"], text: /quota|rate limit/i }],
    },
  ],
})
