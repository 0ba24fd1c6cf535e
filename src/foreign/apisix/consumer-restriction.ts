import { foreignCause } from "../cause.ts"

export const apisixConsumerRestriction = foreignCause({
  code: "apisix/consumer-restriction",
  emitter: "apisix",
  title: "The consumer is not on the route's list",
  why: "APISIX's consumer-restriction plugin compares the name, service, route or group of the authenticated consumer with its lists, and the acl plugin its labels.",
  fix: [
    {
      by: "operator",
      does: "Add the consumer, or its group, to the plugin's `whitelist`",
      admits: "that consumer, on this route",
    },
    { by: "caller", does: "Use the credentials of a consumer on the list", admits: "nobody else" },
  ],
  unwise: ["Removing the plugin admits every consumer"],
  ask: {
    question: "Which consumer do the credentials belong to, and is it spelt as in the list?",
    why: "The message does not tell it",
  },
  sources: [
    "apache/apisix apisix/plugins/consumer-restriction.lua",
    "apache/apisix apisix/plugins/acl.lua",
    "https://github.com/apache/apisix/issues/3904",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "APISIX's consumer-restriction writes this",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /The (?:consumer_name|service_id|route_id|consumer_group_id) is forbidden/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "APISIX's acl plugin writes this",
      all: [{ in: ["body", "log", "symptom"], text: /The consumer is forbidden\./i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "the plugin is in question",
      all: [{ in: ["symptom", "config", "log"], text: /\bconsumer-restriction\b|\ballowed_by_methods\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "APISIX refuses a consumer",
      all: [
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /\bapisix\b/i },
        { in: ["symptom", "config"], text: /\bconsumers?\b/i },
      ],
    },
  ],
})
