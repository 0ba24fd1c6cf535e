import { foreignCause } from "../cause.ts"

export const nginxLimitReqStatus403 = foreignCause({
  code: "nginx/limit-req-status-403",
  emitter: "nginx",
  title: "nginx is told to answer 403 where a client asks too often",
  isNoMatterOfRights: true,
  why: "`limit_req` and `limit_conn` hold each client to a rate, and answer 503 unless `limit_req_status` or `limit_conn_status` says otherwise. With 403 it looks like a denial and is one of speed.",
  fix: [
    {
      by: "operator",
      does: "Set `limit_req_status 429` (or `limit_conn_status 429`), so that clients know to wait",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Raise `burst` or the rate of the zone to what a page load needs",
      admits: "everyone, up to the higher rate",
    },
    { by: "caller", does: "Send fewer requests a second, and wait before another try", admits: "nobody else" },
  ],
  ask: {
    question: "Does the same request pass when it is sent once, after a pause?",
    why: "A limit on the rate refuses only what comes too fast.",
  },
  sources: [
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_limit_req_module.c",
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_limit_conn_module.c",
    "https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req_status",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "nginx writes this where a client passes a limit",
      all: [{ in: ["log", "symptom"], text: /limiting (?:requests|connections)[^\n]{0,60}by zone "/i }],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the configuration turns the answer to too many requests into 403",
      all: [{ in: ["config"], text: /\blimit_(?:req|conn)_status[ \t]+403\b/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the configuration limits the rate",
      all: [{ in: ["config"], text: /^[ \t]*limit_(?:req|conn)(?:_zone)?[ \t]/im }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "it happens now and then, when many requests come at once",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:intermittent|sometimes|random(?:ly)?|burst|too many|rate limit|refresh(?:ing)? (?:quickly|fast)|under load|parallel)/i,
        },
      ],
      none: [{ in: ["symptom", "body"], text: /api|github|cloudflare/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a lot of requests in a short time are refused, and later ones are not",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:many|lots of|too many|bulk|burst of|a flood of|parallel|concurrent|infinite loop|short succession|very short time|rapid\w{0,2}|quickly)\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:after|for) (?:a few|some|several|\d{1,3}) ?(?:minutes?|seconds?|hours?|time)\b|\bagain\b|\brecover\w{0,3}\b|\bgoes away\b|\btemporar\w{1,3}\b|\bafter some time\b/i,
        },
        { in: ["symptom"], text: /\brequests?\b|\bcalls?\b|\bpages?\b|\brefresh\w{0,3}\b/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /github|openai|anthropic|cloudflare|aws|csrf|cookie|token expired|expired|signed/i,
        },
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /apache|httpd|fail2ban|evasive/i },
      ],
    },
  ],
})
