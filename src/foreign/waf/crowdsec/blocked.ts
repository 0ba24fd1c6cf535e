import { foreignCause } from "../../cause.ts"

export const wafCrowdsecBlocked = foreignCause({
  code: "waf/crowdsec/blocked",
  emitter: "crowdsec",
  title: "CrowdSec has banned the client's address",
  why: "CrowdSec decides from logs and a shared list which addresses are banned, and a bouncer in nginx, Traefik or Caddy refuses them with 403. Ordinary clients that cause many 404s or 403s are banned too; behind a proxy it may be the proxy.",
  fix: [
    {
      by: "operator",
      does: "Look with `cscli decisions list --ip ADDRESS`, delete that one decision, and white-list the pattern that caused it",
      admits: "requests from that address",
    },
    {
      by: "operator",
      does: "Tell the bouncer which proxies to believe, where the banned address is the proxy's",
      admits: "nobody else",
    },
  ],
  unwise: ["Stopping the bouncer: nobody is banned any more"],
  ask: {
    question: "What does `cscli decisions list` show for the address the bouncer saw?",
    why: "A ban has a decision with a scenario and an end.",
  },
  sources: [
    "https://docs.crowdsec.net/docs/cscli/cscli_decisions_list/",
    "https://github.com/fosrl/pangolin/issues/321",
    "https://github.com/crowdsecurity/lua-cs-bouncer",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "the page is that of CrowdSec's bouncer",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /CrowdSec Access Forbidden|CrowdSec Ban\b|powered by\s{0,40}(?:<[^>\n]{1,200}>)?\s{0,40}CrowdSec/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "CrowdSec is spoken of",
      all: [{ in: ["symptom", "config", "log", "headers"], text: /\bcrowd-?sec\b|\bcscli\b|cs-bouncer/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "a scenario of CrowdSec is named",
      all: [{ in: ["log", "symptom"], text: /crowdsecurity\/(?:http|nginx|appsec|vpatch|ssh|crs)[\w-]*/i }],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "the log is that of a bouncer of CrowdSec",
      all: [{ in: ["log"], text: /crowdsec\w{0,30}(?:plugin|bouncer)|handle(?:No)?StreamCache|isBanned:true/i }],
    },
  ],
})
