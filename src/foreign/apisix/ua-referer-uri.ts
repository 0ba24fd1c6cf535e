import { foreignCause } from "../cause.ts"

export const apisixUaRefererUri = foreignCause({
  code: "apisix/ua-referer-uri",
  emitter: "apisix",
  title: "A header or path rule of APISIX blocks the request",
  why: "ua-restriction reads the User-Agent, referer-restriction the Referer, uri-blocker the path with its query. Each refuses what its list says.",
  fix: [
    { by: "caller", does: "Send the agent or referrer that is expected", admits: "nobody else" },
    {
      by: "operator",
      does: "Add this agent or host to the plugin's list, or narrow the blocking pattern",
      admits: "everyone who sends that header or path",
    },
  ],
  unwise: ["Emptying the list admits all that it kept out"],
  ask: {
    question: "Does the request pass with another User-Agent, Referer or path?",
    why: "Each plugin reads one of them",
  },
  sources: [
    "apache/apisix apisix/plugins/ua-restriction.lua",
    "apache/apisix apisix/plugins/referer-restriction.lua",
    "apache/apisix apisix/plugins/uri-blocker.lua",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "APISIX's referer-restriction writes this",
      all: [{ in: ["body", "log", "symptom"], text: /Your referer host is not allowed/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "a header or path plugin of APISIX is in question",
      all: [
        {
          in: ["symptom", "config", "log"],
          text: /\b(?:ua-restriction|referer-restriction|uri-blocker|block_rules)\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "APISIX's ua-restriction writes this",
      all: [{ in: ["body", "log", "symptom"], text: /"message"\s{0,3}:\s{0,3}"Not allowed"/i }],
    },
    {
      weight: "slight",
      basis: "source",
      says: "APISIX answered itself",
      all: [{ in: ["headers"], text: /^server:\s{0,3}APISIX/im }],
    },
  ],
})
