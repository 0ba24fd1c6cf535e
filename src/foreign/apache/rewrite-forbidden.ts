import { foreignCause } from "../cause.ts"

export const apacheRewriteForbidden = foreignCause({
  code: "apache/rewrite-forbidden",
  emitter: "apache",
  title: "A `RewriteRule` with `[F]` refuses this request",
  why: "A rule with the flag `F` answers 403 where its pattern and conditions fit: an agent, a referer, a method, a word in the query. Nothing is written to the error log at its usual level.",
  fix: [
    {
      by: "operator",
      does: "Add a `RewriteCond` to that rule which leaves this request out",
      admits: "requests the new condition fits",
    },
    {
      by: "caller",
      does: "Send what the rule does not fit: an agent of your own, another query",
      admits: "nobody else",
    },
  ],
  unwise: ["Switching `RewriteEngine` off: all denials written as rewrites stop, and the site's addresses break"],
  ask: {
    question:
      "Which `RewriteRule` with `[F]` fits this path, and do its conditions fit the agent, referer, method and query?",
    why: "httpd does not log it; `LogLevel rewrite:trace3` would show the rule.",
  },
  sources: [
    "https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_f",
    "https://github.com/apache/httpd/blob/trunk/modules/mappers/mod_rewrite.c",
  ],
  clues: [
    {
      weight: "strong",
      basis: "documented",
      says: "a rewrite of the configuration refuses what it fits",
      all: [
        {
          in: ["config"],
          text: /^[ \t]*RewriteRule[ \t][^\n]{1,300}\[(?:[\w=]{1,30}, ?){0,6}(?:F|forbidden)(?:, ?[\w=]{1,30}){0,6}\]/im,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a refusing rewrite is told",
      all: [
        {
          in: ["symptom", "log"],
          text: /RewriteRule[^\n]{0,120}\[[^\]\n]{0,20}\bF\b|\bforcing (?:responsecode )?403|-> forbidden|\.htaccess[^\n]{0,80}(?:block|bot|user[- ]?agent|hotlink|firewall|[67]G)|\b[567]G firewall\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "rewrites have conditions on the agent, the referer or the query",
      all: [
        {
          in: ["config"],
          text: /^[ \t]*RewriteCond[ \t]+%\{(?:HTTP_USER_AGENT|HTTP_REFERER|QUERY_STRING|REQUEST_METHOD|THE_REQUEST|REMOTE_ADDR)\}/im,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a .htaccess is what makes it refuse",
      all: [
        { in: ["symptom"], text: /\.htaccess\b[^\n]{0,40}\b(?:makes?|causes?|leads?|gives?|results?|block\w*)\b/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /FollowSymLinks|SymLinksIfOwnerMatch|unreadable|permission/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a rewrite rule ends in the flag that forbids",
      all: [{ in: ["symptom", "config"], text: /\brewrite ?(?:rule|cond)?\b[^\n]{0,200}\[[^\]\n]{0,24}\bF\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the proof of a certificate is refused by rules in .htaccess",
      all: [
        { in: ["symptom", "request", "log"], text: /\.well-known\b|acme-challenge|certbot|let'?s ?encrypt/i },
        { in: ["symptom"], text: /\.?htaccess|\brewrite\b/i },
      ],
      none: [{ in: ["symptom", "log", "config", "body"], text: /nginx|AH0(?!0670)\d{4}|denied by server/i }],
    },
  ],
})
