import { foreignCause } from "../../cause.ts"

export const edgeAkamaiDeny = foreignCause({
  code: "edge/akamai/deny",
  emitter: "akamai",
  title: "Akamai refused the request at its edge",
  why: "A rule of the site's owner at Akamai (client reputation, bots, country, firewall) refused. The page gives a reference number, with which only the owner can find the rule.",
  fix: [
    {
      by: "caller",
      does: "Give the reference number to the owner of the site, and send the headers a client of that kind sends",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Look up the reference number, and leave this client out of the one rule that fitted",
      admits: "requests the exception fits",
    },
  ],
  ask: {
    question: "What does the owner's look-up of the reference number say?",
    why: "It names the rule; nothing in the answer does.",
  },
  sources: [
    "https://github.com/EnableSecurity/wafw00f/blob/master/wafw00f/plugins/kona.py",
    "https://github.com/netbirdio/netbird/issues/3670",
    "https://github.com/aio-libs/aiohttp/issues/5643",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "the page leads to Akamai's error look-up",
      all: [{ in: ["body", "log", "symptom"], text: /errors\.edgesuite\.net/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the page gives one of Akamai's reference numbers",
      all: [
        { in: ["body", "log", "symptom"], text: /Reference(?:&#32;| )(?:&#35;|#)\d{1,3}(?:&#46;|\.)[0-9a-f]{4,20}/i },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the answer names Akamai's edge server",
      all: [
        { in: ["headers", "body", "log", "symptom"], text: /AkamaiGHost|X-Akamai-|akamaighost|\bak_bmsc\b|\b_abck\b/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the page names the URL in the words Akamai's uses",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /You don't have permission to access "http(?:&#58;&#47;&#47;|s?:\/\/)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Akamai is spoken of",
      all: [{ in: ["symptom", "config"], text: /\bakamai\b/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a large site's edge refuses with a reference number",
      all: [{ in: ["body", "symptom"], text: /Reference #\d{1,3}\.[0-9a-f]{6,}/i }],
    },
  ],
})
