import { foreignCause } from "../cause.ts"

export const apacheProxyOffInRewrite = foreignCause({
  code: "apache/proxy-off-in-rewrite",
  emitter: "apache",
  title: "A rewrite with `[P]` is refused, as Apache httpd has no proxy to hand it to",
  isNoMatterOfRights: true,
  why: "The flag `P` hands the request to mod_proxy. Where that module or the one for the protocol is not loaded, httpd answers 403.",
  fix: [
    {
      by: "operator",
      does: "Load the proxy with `a2enmod proxy proxy_http`, and leave `ProxyRequests` off",
      admits: "everyone, to what the rewrite forwards to",
    },
    {
      by: "operator",
      does: "Take `[P]` out of the rule, where a redirect or a file was meant",
      admits: "everyone, to that file",
    },
  ],
  unwise: ["`ProxyRequests On`: the server becomes an open proxy for everyone"],
  ask: {
    question: "Does `apachectl -M` list proxy_module and the module of the target's protocol?",
    why: "The rewrite can be right and have nobody to hand the request to.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/modules/mappers/mod_rewrite.c",
    "https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_p",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where a rewrite asks for a proxy that is not loaded",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /AH00669|attempt to make remote request from mod_rewrite without proxy enabled/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "httpd has no handler for the protocol of the rewrite",
      all: [{ in: ["log", "symptom"], text: /AH01144|No protocol handler was valid for the URL/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "a rewrite hands the request to a proxy",
      all: [
        {
          in: ["config"],
          text: /^[ \t]*RewriteRule[ \t][^\n]{1,300}\[(?:[\w=]{1,30}, ?){0,6}P(?:, ?[\w=]{1,30}){0,6}\]/im,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a rewrite leads to another server",
      all: [
        {
          in: ["symptom", "config"],
          text: /\brewrite\b[^\n]{0,60}\b(?:to|with) (?:an? )?(?:http|https|proxy|ajp|fcgi)\b|\bRewriteRule\b[^\n]{0,200}\[[^\]\n]{0,24}\bP\b/i,
        },
      ],
      none: [{ in: ["symptom", "request", "headers", "body", "log", "config"], text: /nginx/i }],
    },
  ],
})
