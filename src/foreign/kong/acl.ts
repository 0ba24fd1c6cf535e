import { foreignCause } from "../cause.ts"

export const kongAcl = foreignCause({
  code: "kong/acl",
  emitter: "kong",
  title: "The consumer is in none of the groups the route allows, or in one it denies",
  why: "Kong's acl plugin compares the groups of the authenticated consumer with its `allow` or `deny` list. Without an authentication plugin there is no consumer and no group.",
  fix: [
    {
      by: "operator",
      does: "Add the consumer to the allowed group",
      admits: "that consumer, on every route that allows the group",
    },
    {
      by: "operator",
      does: "Enable an authentication plugin on the same route, so that there is a consumer",
      admits: "holders of credentials in an allowed group",
    },
    { by: "caller", does: "Use the credentials of a consumer in an allowed group", admits: "nobody else" },
  ],
  unwise: ["Removing the acl plugin admits every consumer"],
  ask: {
    question: "Which consumer did Kong authenticate, and which groups does it have?",
    why: "No consumer, another one, and a missing group give the same message",
  },
  sources: [
    "https://github.com/Kong/kong/blob/0.14.1/kong/plugins/acl/handler.lua",
    "Kong/kong kong/plugins/acl/handler.lua",
    "https://github.com/Kong/kong/issues/4480",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Kong's acl plugin writes this",
      all: [{ in: ["body", "log", "symptom"], text: /You cannot consume this service/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the acl plugin of Kong is in question",
      all: [
        { in: ["symptom", "config", "log"], text: /\bacls?\b/i },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bkong\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Kong's acl plugin is configured",
      all: [{ in: ["config"], text: /(?:name|plugin)["']?\s{0,3}[:=]\s{0,3}["']?acl\b|\bhide_groups_header\b/i }],
    },
    {
      weight: "slight",
      basis: "source",
      says: "Kong answered itself",
      all: [{ in: ["headers"], text: /^server:\s{0,3}kong\//im }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "Kong refuses a consumer",
      all: [
        { in: ["symptom", "config", "headers", "log"], text: /\bkong\b/i },
        { in: ["symptom", "config"], text: /\bconsumers?\b|\bacls?\b|\bgroups?\b/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /ip-?restriction|bot-?detection|csrf|bulk/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Kong itself answers",
      all: [{ in: ["headers"], text: /server: ?kong|via: ?(?:[\d.]{1,6} )?kong/i }],
      none: [{ in: ["headers"], text: /x-kong-upstream-latency/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Kong's list of groups finds no consumer, as none was identified",
      all: [{ in: ["body", "log", "symptom"], text: /Cannot identify the consumer, add an authentication plugin/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Kong's list of groups is spoken of",
      all: [{ in: ["symptom", "config"], text: /\bACL plug-?in\b|\bplug-?in\b[^\n]{0,20}\bacl\b/i }],
    },
  ],
})
