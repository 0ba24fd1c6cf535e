import { foreignCause } from "../cause.ts"

export const nginxLimitExcept = foreignCause({
  code: "nginx/limit-except",
  emitter: "nginx",
  title: "A `limit_except` of nginx does not let the method through",
  why: "Methods that `limit_except` does not name meet the rules inside its block, most often `deny all`. GET includes HEAD, and OPTIONS has to be named like any other. The error line is the same as that of an address rule.",
  fix: [
    {
      by: "operator",
      does: "Add the method to the list of `limit_except`",
      admits: "everyone, with that method on these paths",
    },
    {
      by: "operator",
      does: "Put `allow` with the client's address into the block of `limit_except`",
      admits: "requests from that address, with any method",
    },
    { by: "caller", does: "Use a method the service is meant to take here", admits: "nobody else" },
  ],
  unwise: ["Removing `limit_except`: every method is let through, for everyone"],
  ask: {
    question: "Does a GET of the same URL pass?",
    why: "Only a rule on methods lets one through and not the other.",
  },
  sources: [
    "https://github.com/nginx/nginx/blob/master/src/http/ngx_http_core_module.c",
    "https://nginx.org/en/docs/http/ngx_http_core_module.html#limit_except",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration of nginx limits methods",
      all: [{ in: ["config"], text: /^[ \t]*limit_except[ \t]+[A-Z \t]{3,80}\{/im }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "nginx writes this for a method outside `limit_except`, and the configuration has one",
      all: [
        { in: ["log", "body"], text: "access forbidden by rule" },
        { in: ["config"], text: "limit_except" },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "nginx denied by rule a method that changes something",
      all: [
        {
          in: ["log"],
          text: /access forbidden by rule[^\n]{0,300}request: "(?:POST|PUT|PATCH|DELETE|OPTIONS|MKCOL|PROPFIND) /,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "it is told that `limit_except` is at work",
      all: [{ in: ["symptom"], text: "limit_except" }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "nginx admits some methods and refuses the others",
      all: [
        { in: ["symptom", "config", "log", "headers"], text: /\bnginx\b/i },
        {
          in: ["symptom"],
          text: /\b(?:only|just) (?:GET|HEAD|POST)\b|\b(?:GET|HEAD)\b[^\n]{0,30}\bonly\b|\ballows? (?:only )?GET\b/,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /csrf|proxy_pass|reverse|modsec|\bwaf\b/i,
        },
      ],
    },
  ],
})
