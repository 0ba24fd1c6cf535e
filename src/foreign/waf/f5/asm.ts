import { foreignCause } from "../../cause.ts"

export const wafF5Asm = foreignCause({
  code: "waf/f5/asm",
  emitter: "f5",
  title: "F5's application firewall (ASM, Advanced WAF) rejected the request",
  why: "A policy on the BIG-IP fitted. The page gives a support id, with which its operator finds the violation. It is often sent with status 200.",
  fix: [
    { by: "caller", does: "Give the support id to the operator", admits: "nobody else" },
    {
      by: "operator",
      does: "Look up the support id, and accept the one violation for this URL and parameter",
      admits: "everyone, past that violation in that parameter",
    },
  ],
  unwise: ["Setting the policy to transparent: nothing is blocked any more"],
  ask: {
    question: "Which violation does the operator see for the support id?",
    why: "The page tells nothing but that id.",
  },
  sources: ["https://github.com/EnableSecurity/wafw00f/blob/master/wafw00f/plugins/f5bigipasm.py"],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the page is that of F5's firewall",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /The requested URL was rejected\. Please consult with your administrator|Your support ID is:? ?\d{6,25}/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the answer carries a cookie of F5's firewall",
      all: [{ in: ["headers", "request"], text: /\bTS[0-9a-fA-F]{6,8}(?:\d{3})?=|\bBIGipServer/ }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "F5 is spoken of",
      all: [{ in: ["symptom", "config", "log"], text: /\bf5\b|big-?ip|\bASM policy\b/i }],
    },
  ],
})
