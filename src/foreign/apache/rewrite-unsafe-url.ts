import { foreignCause } from "../cause.ts"

export const apacheRewriteUnsafeUrl = foreignCause({
  code: "apache/rewrite-unsafe-url",
  emitter: "apache",
  title: "Apache httpd refuses to rewrite or forward a URL with unsafe characters",
  why: "Since 2.4.56 and 2.4.60 httpd does not put decoded spaces, control characters or an encoded question mark into a rewritten query or a forwarded path, because the next server could read another request out of it. Rules that worked before then answer 403.",
  fix: [
    {
      by: "operator",
      does: "Keep the part encoded with the flag `[B]`, as in `[B= ?,BNP,QSA]`, in the one `RewriteRule`",
      admits: "nobody else: the URL stays one URL",
    },
    {
      by: "operator",
      does: "Set `[UnsafeAllow3F]` on the one rule that has to take an encoded question mark",
      admits: "everyone, to URLs with %3F on that rule",
    },
    {
      by: "caller",
      does: "Send the URL without spaces, line ends and encoded question marks in its path",
      admits: "nobody else",
    },
  ],
  unwise: ["Going back to an older httpd: its known faults come with it"],
  ask: {
    question: "Does the URL hold %20, %0A or %3F, and was httpd updated shortly before?",
    why: "Only those characters are refused, and only since the update.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/modules/mappers/mod_rewrite.c",
    "https://github.com/apache/httpd/blob/trunk/modules/proxy/mod_proxy_http.c",
    "https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_unsafe_allow_3f",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where a rewritten or forwarded URL holds unsafe characters",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /AH10508|AH1041[0157]|AH10408|Unsafe URL with %3f|query string contains control characters or spaces|forwarded path contains control characters/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the flags of httpd for unsafe URLs are spoken of",
      all: [
        {
          in: ["symptom", "config"],
          text: /UnsafeAllow3F|UnsafePrefixStat|\bBNP\b|BCTLS|BNEG|CVE-2024-3847[3-7]|CVE-2024-39573|CVE-2023-25690/,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "it came with an update of httpd, and only some URLs are refused",
      all: [{ in: ["symptom"], text: /(?:apache|httpd)[^\n]{0,40}2\.4\.(?:5[5-9]|6\d)|\b2\.4\.(?:5[6-9]|6\d)\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an encoded question mark, space or line end is in the URL",
      all: [
        {
          in: ["symptom", "request"],
          text: /%3f|%20|%0a|%0d|question mark|\bspaces?\b[^\n]{0,40}\b(?:url|path|query|file ?names?)|(?:url|path|query|file ?names?)[^\n]{0,40}\bspaces?\b|special characters|characters like spaces/i,
        },
        {
          in: ["symptom", "log", "body", "headers", "config"],
          text: /apache|httpd|rewrite|You don't have permission to access (?:this resource|\/[^\n]{0,300} on this server)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "httpd of a version with this check refuses a URL with an encoded space or question mark",
      all: [
        {
          in: ["request", "log"],
          text: /(?:GET|POST|HEAD|PUT) \/[^ \n"]{0,600}%(?:20|3f|0a|0d)|https?:\/\/[^\s"]{1,600}%(?:20|3f|0a|0d)/i,
        },
        { in: ["headers", "body", "symptom"], text: /Apache\/2\.4\.(?:5[2-9]|6\d)|Apache\/2\.4\.(?:41|37|6|57)\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "names with spaces are refused on httpd's own page",
      all: [
        { in: ["symptom"], text: /\bspaces?\b|question marks?|special characters/i },
        {
          in: ["body", "log", "symptom"],
          text: /You don't have permission to access this resource|\brewrite ?rules?\b|security (?:patch|update|fix)[^\n]{0,30}apache/i,
        },
      ],
    },
  ],
})
