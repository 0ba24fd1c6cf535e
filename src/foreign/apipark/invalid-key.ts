import { foreignCause } from "../cause.ts"

export const apiparkInvalidKey = foreignCause({
  code: "apipark/invalid-key",
  emitter: "apipark",
  title: "APIPark does not accept the key, or the key is for another application or service",
  why: 'APIPark checks the key of an MCP or open API call itself and answers 403 with `"success":"fail"`, where others answer 401.',
  fix: [
    {
      by: "caller",
      does: "Send a key of an application that is subscribed to the service, as `apikey` or in Authorization",
      admits: "nobody else",
    },
    {
      by: "owner",
      does: "Make a key for the application, and subscribe it to the service",
      admits: "that application",
    },
  ],
  ask: {
    question: "To which application does the key belong, and is it subscribed to this service?",
    why: "An unknown key and one of another service give the same answer",
  },
  sources: ["APIParkLab/APIPark controller/mcp/iml.go", "APIParkLab/APIPark plugins/openapi/check.go"],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "APIPark writes this",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /"msg"\s{0,3}:\s{0,3}"(?:invalid apikey|invalid app id|invalid token|invalid service id)"/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "APIPark's form of refusal",
      all: [
        { in: ["body", "log", "symptom"], text: /"success"\s{0,3}:\s{0,3}"fail"/ },
        { in: ["body", "log", "symptom"], text: /"code"\s{0,3}:\s{0,3}-\d/ },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "APIPark lost the session of an MCP client",
      all: [{ in: ["body", "log", "symptom"], text: /\bsessionId not found\b/ }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "keys at APIPark",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bapipark\b/i },
        { in: ["symptom", "request", "config"], text: /\bapi ?key|\btoken|\bmcp\b|\bkey\b/i },
      ],
    },
  ],
})
