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
    {
      weight: "fair",
      basis: "case",
      says: "Cloudflare's answer hangs on where the request comes from",
      all: [
        { in: ["symptom"], text: /cloudflare/i },
        {
          in: ["symptom"],
          text: /\b(?:locations?|ip addresses|ip ranges?|data ?-?cent(?:er|re)s?|(?:my|the|our|server'?s?|vps|hosting) ips?|ASNs?|residential|VPN)\b|\bworks? (?:fine )?(?:locally|on my (?:machine|computer|laptop|pc)|at home|on localhost)\b[^\n]{0,80}\b(?:server|vps|ec2|heroku|aws|azure|gcp|cloud|vercel|render|hosted|production)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom"],
          text: /challenge|captcha|turnstile|user[- ]?agent|white-?list|allow-?list|real[_ -]?ip|access policy|zero trust|X-Forwarded/i,
        },
        { in: ["body", "headers", "log"], text: /10(?:10|20)|Just a moment|cf-mitigated/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the caller says that Cloudflare has banned it",
      all: [
        { in: ["symptom"], text: /\bbanned\b|\bblacklisted\b|\bip ban\b/i },
        { in: ["symptom", "body", "headers"], text: /cloud ?flare/i },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /signature|1010|user[- ]?agent|challenge|captcha/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "it fails from some addresses and passes from others",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:certain|specific|some|several|particular|few)\b[^\n]{0,30}\b(?:ips?|ip address(?:es)?|addresses|networks|providers|isps?|vps(?:es)?)\b|\bother (?:ips|addresses|servers)\b[^\n]{0,24}\b(?:works?|fine|pass)/i,
        },
        { in: ["symptom", "body", "headers", "log", "request"], text: /cloud ?flare|cf-ray/i },
      ],
      none: [
        {
          in: ["symptom"],
          text: /challenge|captcha|turnstile|user[- ]?agent|white-?list|allow-?list|real[_ -]?ip|access policy|zero trust|X-Forwarded/i,
        },
        { in: ["body", "headers", "log"], text: /10(?:10|20)|Just a moment|cf-mitigated/i },
      ],
    },
  ],
})
