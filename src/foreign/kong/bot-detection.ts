import { foreignCause } from "../cause.ts"

export const kongBotDetection = foreignCause({
  code: "kong/bot-detection",
  emitter: "kong",
  title: "The User-Agent matches a rule of Kong's bot detection",
  why: "The plugin holds a list of agents of common robots and libraries, and the operator's `deny` list. It reads only the User-Agent header.",
  fix: [
    {
      by: "caller",
      does: "Send a User-Agent that names your program and is none of the listed robots",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Add a pattern for this agent to the plugin's `allow` list",
      admits: "everyone who sends that agent",
    },
  ],
  unwise: ["Removing the plugin admits the robots it was meant for"],
  ask: { question: "Does the same request pass with another User-Agent?", why: "The plugin reads nothing else" },
  sources: ["Kong/kong kong/plugins/bot-detection/handler.lua"],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "Kong's bot detection is in question",
      all: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bbot[-_ ]detection\b/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Kong refuses by User-Agent",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bkong\b/i },
        { in: ["symptom", "request", "config"], text: /user-?agent|\bbots?\b|\bcrawler\b|\bcurl works\b/i },
      ],
      none: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /You cannot consume|IP address/i },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "Kong's bare refusal",
      all: [
        { in: ["body"], text: /^\s{0,9}\{\s{0,9}"message"\s{0,3}:\s{0,3}"Forbidden"/ },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bkong\b/i },
      ],
    },
  ],
})
