import { foreignCause } from "../cause.ts"

export const hostModEvasive = foreignCause({
  code: "host/mod-evasive",
  emitter: "mod-evasive",
  title: "mod_evasive refused a client that asked too often",
  isNoMatterOfRights: true,
  why: "mod_evasive counts requests for one page and for the site, and answers 403 for some seconds above its limits. A page with many small files, or a client behind a shared address, reaches them in ordinary use. Its line looks like one of httpd's rules, without a number.",
  fix: [
    {
      by: "operator",
      does: "Raise `DOSPageCount` and `DOSSiteCount` to what one page load needs, or name the path in `DOSWhitelistUri`",
      admits: "everyone, up to the higher rate",
    },
    { by: "operator", does: "Name the one address in `DOSWhitelist`", admits: "that address, without a limit" },
    { by: "caller", does: "Send fewer requests a second, and wait for the end of the block", admits: "nobody else" },
  ],
  ask: {
    question: "Does it pass after some seconds of silence?",
    why: "The block ends by itself after `DOSBlockingPeriod`.",
  },
  sources: ["https://github.com/jvdmr/mod_evasive", "https://github.com/fail2ban/fail2ban/issues/2548"],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "mod_evasive wrote the line",
      all: [
        {
          in: ["log", "symptom"],
          text: /\[evasive\d*:error\]|mod_evasive\[\d|Blacklisting address [0-9a-f.:]{3,45}: possible (?:DoS|attack)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "mod_evasive is spoken of",
      all: [
        {
          in: ["symptom", "config"],
          text: /mod_?-?evasive|\bDOS(?:Page|Site)(?:Count|Interval)\b|\bDOSBlockingPeriod\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "httpd 2.4 denies without a number, which its own modules do not do",
      all: [
        {
          in: ["log"],
          text: /\[\w{3} \w{3} \d{2} [\d:.]{8,16} \d{4}\][^\n]{0,120}\[client [0-9a-f.:]{3,45}:\d{1,5}\] client denied by server configuration/i,
        },
      ],
      none: [{ in: ["log"], text: /AH01630|AH01797|authz_core|access_compat/ }],
    },
    {
      weight: "slight",
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
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /\bnginx\b|fail2ban/i },
      ],
    },
  ],
})
