import { foreignCause } from "../cause.ts"

export const albWafOrRule = foreignCause({
  code: "alb/waf-or-rule",
  emitter: "alb",
  title: "The AWS load balancer refused the request itself",
  why: "A listener rule answers 403 (`fixed-response`), or a web ACL on the load balancer blocked. No target sees the request; the load balancer's access log says which.",
  fix: [
    {
      by: "operator",
      does: "Read `actions_executed` in the access log: `waf` leads to the web ACL's sampled requests, `fixed-response` to the listener's rules; narrow the one that fitted",
      admits: "requests the exception fits",
    },
    { by: "caller", does: "Use the host name and path the listener has a rule for", admits: "nobody else" },
  ],
  unwise: ["Taking the web ACL off the load balancer"],
  ask: {
    question: "Is the body larger than 8 KB, and what does `actions_executed` in the access log say?",
    why: "A size rule, another rule of the web ACL and the listener all answer with the same page.",
  },
  sources: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
    "https://github.com/aprin-labs/archimedes/pull/1786",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "the load balancer wrote the answer",
      all: [{ in: ["headers", "body", "log", "symptom"], text: /server: ?awselb|awselb\/2\.0/i }],
      none: [
        { in: ["symptom", "request", "log"], text: /\b(?:large|8 ?KB|8192|body size|size limit|SizeRestrictions)\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the answer names the load balancer",
      all: [{ in: ["headers", "body", "log"], text: /awselb\/2\.0/i }],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the access log says what the load balancer did",
      all: [
        { in: ["log"], text: /"(?:waf|fixed-response|waf,fixed-response)"[^\n]{0,200}|\bwaf-failed\b/i },
        { in: ["log"], text: /elb|app\//i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a listener answers 403 by a fixed response",
      all: [{ in: ["config", "symptom"], text: /fixed[-_]response/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the load balancer of AWS is spoken of",
      all: [{ in: ["symptom", "config"], text: /\bALB\b|application load balancer|\belbv2\b|\bELB\b/ }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the access log of the load balancer says that its firewall acted",
      all: [
        {
          in: ["log"],
          text: /\belb(?:_status_code)?=403\b[^\n]{0,120}\bwaf\b|actions?_executed["=: ]{1,4}"?waf"?(?!,)|"waf" "-"|\bwaf-failed\b|WAF_?FILTERED/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the load balancer itself answers",
      all: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /\bawselb\b|\bapplication load ?-?balancer\b|\bALB\b/,
        },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /SizeRestrictions|larger?|\bxss\b|oidc|target/i }],
    },
  ],
})
