import { foreignCause } from "../cause.ts"

export const apintoNotSubscribed = foreignCause({
  code: "apinto/not-subscribed",
  emitter: "apinto",
  title: "The application is not subscribed to the service, or its subscription has ended",
  why: "Apinto's access_relational plugin looks up whether this application may use this service, and until when. Where no entry fits it answers 403.",
  fix: [
    { by: "caller", does: "Subscribe the application to the service", admits: "nobody else" },
    { by: "operator", does: "Approve the subscription, or extend it", admits: "that application, on this service" },
  ],
  unwise: ["A plugin without rules stops nobody"],
  ask: {
    question: "Is there an entry for this application and service, and when does it end?",
    why: "A missing entry and one that has ended give the same answer",
  },
  sources: [
    "eolinker/apinto drivers/plugins/access-relational/filter.go",
    "eolinker/apinto drivers/plugins/access-relational/worker.go",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "Apinto's plugin for subscriptions",
      all: [{ in: ["symptom", "config", "log"], text: /\baccess[-_]relational\b/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "a subscription behind Apinto or APIPark",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bapinto\b|\bapipark\b/i },
        { in: ["symptom"], text: /\bsubscri|\bnot authorized\b|订阅/i },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "what the plugin answers",
      all: [{ in: ["body"], text: /^\s{0,3}403 Forbidden\s{0,3}$/ }],
    },
    {
      weight: "slight",
      basis: "source",
      says: "Apinto is named",
      all: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bapinto\b/i }],
    },
  ],
})
