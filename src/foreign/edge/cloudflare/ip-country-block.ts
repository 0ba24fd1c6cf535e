import { foreignCause } from "../../cause.ts"

export const edgeCloudflareIpCountryBlock = foreignCause({
  code: "edge/cloudflare/ip-country-block",
  emitter: "cloudflare",
  title: "Cloudflare blocks the client's address, network or country",
  why: "The owner of the zone banned the address (1006, 1007, 1008, 1106) or the country or region (1009). All requests from there are refused, whatever they ask for.",
  fix: [
    {
      by: "caller",
      does: "Ask the owner of the site with the Ray ID, or come from a network that is not banned",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Take the one address out of the IP access rules, or allow it beside the ban of its country",
      admits: "requests from that address",
    },
  ],
  unwise: ["Lifting the ban of the whole country for one client"],
  ask: {
    question: "Does the request pass from another network or country?",
    why: "This ban looks at where it comes from and at nothing else.",
  },
  sources: [
    "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1009/",
    "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1006/",
    "https://developers.cloudflare.com/waf/tools/ip-access-rules/",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Cloudflare's codes 1005 to 1009, 1012 and 1106 are bans of an address, network or country",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /error[ _]?(?:code)?["']?[: ]{1,3}(?:100[5-9]|1012|1106)\b|1xxx-errors\/error-(?:100[5-9]|1012|1106)|(?:cloudflare|\bCF\b)[^\n]{0,40}\b(?:100[5-9]|1106)\b/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "Cloudflare's page says that the address, network or country is banned",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /has banned (?:your IP address|the country or region|your access|the autonomous system|the ASN)[^\n]{0,120}|banned the country or region your IP address is in/i,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /browser'?s signature/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "it depends on the network or country, behind Cloudflare",
      all: [
        { in: ["symptom", "log", "body"], text: /cloudflare|cf-ray/i },
        {
          in: ["symptom"],
          text: /\b(?:country|region|china|russia|iran|vpn|ip (?:address )?(?:is )?(?:banned|blocked))\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "it depends on the country from which it is called",
      all: [{ in: ["symptom"], text: /\b(?:countr(?:y|ies)|region|abroad|VPN|geo\w{0,10})\b/i }],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /openai|anthropic|claude|gemini|bedrock|aws|cloudfront|corporate|company|s3|kube|iam/i,
        },
      ],
    },
  ],
})
