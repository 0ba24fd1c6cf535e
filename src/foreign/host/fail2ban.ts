import { foreignCause } from "../cause.ts"

export const hostFail2ban = foreignCause({
  code: "host/fail2ban",
  emitter: "fail2ban",
  title: "fail2ban has banned the client's address",
  why: "fail2ban reads logs and bans addresses that failed too often, in the packet filter or by a deny rule of the web server. Behind a proxy or NAT one client's faults ban all of them.",
  fix: [
    {
      by: "operator",
      does: "Look with `fail2ban-client status JAIL`, and lift the one ban with `fail2ban-client set JAIL unbanip ADDRESS`",
      admits: "requests from that address",
    },
    {
      by: "operator",
      does: "Add the proxy's or office's address to `ignoreip`, and have the log hold the client's own",
      admits: "requests from that address",
    },
  ],
  unwise: ["Stopping fail2ban: passwords can be tried without end"],
  ask: {
    question: "Does `fail2ban-client status` list a jail that holds the address?",
    why: "A ban stands there with its jail.",
  },
  sources: ["https://github.com/fail2ban/fail2ban/wiki", "https://github.com/fail2ban/fail2ban/pull/2226"],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "fail2ban's log says that it banned the address",
      all: [
        { in: ["log", "symptom"], text: /fail2ban\.actions[^\n]{0,80}\bBan \d|NOTICE[ ]{1,3}\[[\w-]{1,40}\] Ban /i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "fail2ban is spoken of",
      all: [{ in: ["symptom", "config"], text: /\bfail2ban\b|\bunbanip\b/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "an address is shut out for some time",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:whole|every|all)\b[^\n]{0,30}\b(?:site|server|requests?|services?)\b|\bmy (?:ip|address)\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:after|for) (?:a few|some|several|\d{1,3}) ?(?:minutes?|seconds?|hours?|time)\b|\bagain\b|\brecover\w{0,3}\b|\bgoes away\b|\btemporar\w{1,3}\b|\bafter some time\b/i,
        },
        { in: ["symptom"], text: /\bban\w{0,4}\b|\block(?:ed)? out\b|\bblock\w{0,3}\b|failed log-?ins?/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /github|openai|anthropic|cloudflare|aws|csrf|cookie|token expired|expired|signed/i,
        },
      ],
    },
  ],
})
