import { foreignCause } from "../../cause.ts"

export const wafSafelineBlocked = foreignCause({
  code: "waf/safeline/blocked",
  emitter: "safeline",
  title: "The SafeLine firewall refused the request",
  why: "SafeLine stands before the application and refused by what it read in the request, or by an address or rate rule. Its page holds an event id, with which the operator finds the reason.",
  fix: [
    { by: "caller", does: "Give the event id to the operator", admits: "nobody else" },
    {
      by: "operator",
      does: "Look up the event id, and add an allow rule for this path and field",
      admits: "requests the rule fits",
    },
  ],
  unwise: ["Setting the site to observation: nothing is blocked any more"],
  ask: { question: "What does the operator's page show for the event id?", why: "Only there the rule is named." },
  sources: [
    "https://github.com/EnableSecurity/wafw00f/blob/master/wafw00f/plugins/safeline.py",
    "https://github.com/chaitin/SafeLine",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the page holds one of SafeLine's event ids",
      all: [{ in: ["body", "log", "symptom"], text: /<!-- ?event[_ ]id:|safeline-challenge|\bsafeline\b/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "SafeLine is spoken of",
      all: [{ in: ["symptom", "config", "headers"], text: /\bsafeline\b|雷池|长亭/i }],
    },
  ],
})
