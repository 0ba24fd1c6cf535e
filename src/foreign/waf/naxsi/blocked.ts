import { foreignCause } from "../../cause.ts"

export const wafNaxsiBlocked = foreignCause({
  code: "waf/naxsi/blocked",
  emitter: "naxsi",
  title: "NAXSI refused the request inside nginx",
  why: "NAXSI scores unusual characters and words in URL, arguments, headers and body, and refuses at a threshold of `CheckRule`. It knows nothing of attacks as such, so ordinary text needs a white list.",
  fix: [
    {
      by: "operator",
      does: 'White-list the rule ids of the `NAXSI_FMT` line for that one zone: `BasicRule wl:ID "mz:$ARGS_VAR:name"`',
      admits: "everyone, past those rules in that variable",
    },
    { by: "caller", does: "Leave out of the request what is scored, where it is not needed", admits: "nobody else" },
  ],
  unwise: ["`SecRulesDisabled` for the whole server", "`LearningMode` left on: nothing is blocked any more"],
  ask: {
    question: "Which `id` and `zone` does the `NAXSI_FMT` line of this request name?",
    why: "They are what a white list needs, and nothing else is.",
  },
  sources: [
    "https://github.com/nbs-system/naxsi/wiki/naxsilogs",
    "https://github.com/EnableSecurity/wafw00f/blob/master/wafw00f/plugins/naxsi.py",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "NAXSI writes this where its score is reached",
      all: [
        { in: ["log", "symptom", "body"], text: /NAXSI_(?:FMT|EXLOG)|naxsi blocked information|blocked by naxsi/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "NAXSI is spoken of",
      all: [
        { in: ["symptom", "config", "headers"], text: /\bnaxsi\b|\bCheckRule\b|\bSecRulesEnabled\b|\bDeniedUrl\b/i },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "naxsi's line in JSON names the zone, the rule and the score",
      all: [{ in: ["log", "symptom"], text: /"cscore\d":\s?"\$|"zone0":\s?"[^\n]{1,80}"id0":\s?\d/ }],
    },
  ],
})
