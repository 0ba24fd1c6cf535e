import { foreignCause } from "../cause.ts"

export const nginxReturn403 = foreignCause({
  code: "nginx/return-403",
  emitter: "nginx",
  title: "A rule of nginx answers 403 itself",
  why: "`return 403`, bare or inside an `if` on a variable, a map, the referer, the agent or a country, answers before address lists and files are looked at. Nothing is written to the error log, so the answer seems to come from nowhere.",
  fix: [
    {
      by: "operator",
      does: "Narrow the one condition that fits this request, so that it no longer does",
      admits: "requests with the same agent, referer, host or path",
    },
    {
      by: "caller",
      does: "Send what the condition asks for: the right host name, referer or agent of your own",
      admits: "nobody else",
    },
  ],
  unwise: ["Removing the rule: whom it was written against is let in too"],
  ask: {
    question:
      "Which `return 403`, `if`, `map` and `valid_referers` stand in the configuration nginx has loaded (`nginx -T`)?",
    why: "These refuse without a line in the error log, so only the configuration can show which one did.",
  },
  sources: [
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_rewrite_module.c",
    "https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return",
    "https://nginx.org/en/docs/http/ngx_http_referer_module.html",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration of nginx answers 403 itself",
      all: [{ in: ["config"], text: /\breturn[ \t]+403\b/i }],
      none: [{ in: ["log"], text: /access forbidden by rule|directory index of|\(13: Permission denied\)/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the configuration of nginx tests the referer, the agent or a map",
      all: [
        {
          in: ["config"],
          text: /\bvalid_referers\b|\$invalid_referer|\bif[ \t]*\([ \t]*\$(?:http_user_agent|http_referer|geoip\w*|allowed\w*|block\w*|bad\w*|host)\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "it is told that nginx returns 403 by a rule",
      all: [
        {
          in: ["symptom"],
          text: /\breturn 403;|nginx[^\n]{0,80}(?:\bif\b[^\n]{0,20}return 403|user[- ]?agent (?:rule|block)|bad ?bots?|hot ?link|valid_referers|blocklist)/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "source",
      says: "the page is nginx's own, and no line of its error log was given",
      all: [{ in: ["body"], text: /<center>(?:nginx|openresty)(?:\/[\d.]+)?(?: \([^)\n]{1,30}\))?<\/center>/i }],
      none: [{ in: ["log"], text: /\[(?:error|crit)\]/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a script in nginx answers 403",
      all: [
        { in: ["config", "symptom"], text: /ngx\.exit\(\s?(?:403|ngx\.HTTP_FORBIDDEN)|\br\.return\(403|js_access\b/ },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "nginx tells countries, agents or pages apart that lead here",
      all: [
        { in: ["symptom"], text: /\bnginx\b/i },
        {
          in: ["symptom"],
          text: /\bgeo-?ip\w{0,2}\b|\bcountr(?:y|ies)\b|\bhot-?link\w{0,4}\b|\breferr?ers?\b|\bbad ?-?bots?\b|\bbot blocker\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "body"],
          text: /csrf|origin check|cloudflare|crowdsec|modsec|directory index of|\(13: /i,
        },
      ],
    },
  ],
})
