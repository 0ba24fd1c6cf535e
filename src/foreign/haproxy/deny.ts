import { foreignCause } from "../cause.ts"

export const haproxyDeny = foreignCause({
  code: "haproxy/deny",
  emitter: "haproxy",
  title: "A rule of HAProxy denied the request",
  why: "`http-request deny`, `block` or `tcp-request content reject` fitted: an access list on address, path, method, header or rate. HAProxy answers itself, and no server behind it sees the request.",
  fix: [
    {
      by: "operator",
      does: "Find the `http-request deny` whose condition fits, and add the exception to that one condition",
      admits: "requests the exception fits",
    },
    {
      by: "caller",
      does: "Send what the access lists ask for: the right host, path and method",
      admits: "nobody else",
    },
  ],
  unwise: ["Removing the rule: whom it was written against is let in too"],
  ask: {
    question: "Does HAProxy's log show `PR--` and `<NOSRV>` for the request?",
    why: "Then HAProxy denied it by a rule; otherwise the server behind did.",
  },
  sources: [
    "https://github.com/haproxy/haproxy/blob/master/src/http.c",
    "https://docs.haproxy.org/2.6/configuration.html#8.5",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "HAProxy's page says that a rule forbids the request",
      all: [{ in: ["body", "log", "symptom"], text: /Request forbidden by administrative rules/i }],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "HAProxy's log marks the request as denied by the proxy",
      all: [
        {
          in: ["log", "symptom"],
          text: /\b403 \d{1,8} \S{1,100} \S{1,100} (?:PR|LR|PT|PH)[-A-Z]{2} |<NOSRV>[^\n]{0,120}\b403\b[^\n]{0,60}\bP[RT]--/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration of HAProxy denies requests",
      all: [
        {
          in: ["config"],
          text: /^[ \t]*http-request[ \t]+(?:deny|tarpit|reject)\b|^[ \t]*block[ \t]+if\b|tcp-request[ \t]+(?:content|connection)[ \t]+reject/im,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "HAProxy is spoken of",
      all: [{ in: ["symptom", "config", "log", "headers"], text: /\bhaproxy\b/i }],
    },
    {
      weight: "rules-out",
      basis: "documented",
      says: "GitHub's own words follow",
      all: [{ in: ["body", "log", "symptom"], text: /Please make sure your request has a User-Agent header/i }],
    },
  ],
})
