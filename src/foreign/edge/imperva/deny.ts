import { foreignCause } from "../../cause.ts"

export const edgeImpervaDeny = foreignCause({
  code: "edge/imperva/deny",
  emitter: "imperva",
  title: "Imperva (Incapsula) refused the request at its edge",
  why: "A rule on bots, addresses or attacks refused. The page gives an incident id, with which the site's owner finds the rule. Some refusals come with status 200 and a page that runs a script.",
  fix: [
    { by: "caller", does: "Give the incident id to the owner of the site", admits: "nobody else" },
    {
      by: "operator",
      does: "Look up the incident id, and add an exception to the one rule for this path or client",
      admits: "requests the exception fits",
    },
  ],
  ask: {
    question: "Which incident id does the page give, and what does its look-up say?",
    why: "Only the owner's console names the rule.",
  },
  sources: [
    "https://docs.imperva.com/",
    "https://github.com/EnableSecurity/wafw00f/blob/master/wafw00f/plugins/incapsula.py",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "the page is Imperva's",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Incapsula incident ID|_Incapsula_Resource|powered by incapsula|Request unsuccessful\. Incapsula/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the answer carries the marks of Imperva",
      all: [
        {
          in: ["headers", "body", "log", "request"],
          text: /\bincap_ses_|\bvisid_incap_|x-iinfo:|x-cdn: ?(?:incapsula|imperva)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Imperva is spoken of",
      all: [{ in: ["symptom", "config"], text: /\b(?:imperva|incapsula)\b/i }],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "the page is Imperva's, of its appliance or its edge",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Contact support for additional information[^\n]{0,20}(?:<br\s?\/?>)?\s{0,4}The incident ID is:|This request was blocked by (?:the|our) security (?:rules|service)|(?:Access denied|Error code) (?:Error )?1[5-9]\b[^\n]{0,200}incident ID/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "the page on which Imperva tries the browser",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Pardon Our Interruption|isImpervaSpaSupport|\breese84\b|onProtectionInitialized/,
        },
      ],
    },
  ],
})
