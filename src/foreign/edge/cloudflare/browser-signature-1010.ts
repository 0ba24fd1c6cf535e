import { foreignCause } from "../../cause.ts"

export const edgeCloudflareBrowserSignature1010 = foreignCause({
  code: "edge/cloudflare/browser-signature-1010",
  emitter: "cloudflare",
  title: "Cloudflare's Browser Integrity Check refused the client by its headers (1010)",
  why: "Cloudflare holds the headers a client sends against those that spammers and unnamed programs send; the default agents of program libraries are among them. The same URL then passes with curl or a browser and fails from a library.",
  fix: [
    { by: "caller", does: "Send a User-Agent that names your program and a way to reach you", admits: "nobody else" },
    {
      by: "operator",
      does: "Turn the Browser Integrity Check off for the API's path with a configuration rule",
      admits: "all programs, on that path alone",
    },
  ],
  unwise: [
    "Turning the check off for the whole zone: it no longer keeps out what it was switched on for",
    "Sending the agent of a browser: it is a lie that breaks with the next rule",
  ],
  ask: {
    question: "Does the same request pass with another User-Agent?",
    why: "This check looks at the client's headers alone.",
  },
  sources: [
    "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1010/",
    "https://developers.cloudflare.com/waf/tools/browser-integrity-check/",
    "https://github.com/source-cooperative/data.source.coop/issues/134",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Cloudflare's code 1010 is the Browser Integrity Check",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /error[ _]?(?:code)?["']?[: ]{1,3}1010\b|\b1xxx-errors\/error-1010|browser_signature_banned|\bcode 1010\b|(?:cloudflare|\bCF\b)[^\n]{0,40}\b1010\b/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "Cloudflare's page says that the browser's signature is banned",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /banned your access based on your browser'?s signature|browser integrity check/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a library or agent is refused where others pass, behind Cloudflare",
      all: [
        {
          in: ["symptom", "request", "log"],
          text: /urllib|python-requests|user[- ]agents?|\bUA\b|go-http-client|okhttp|aiohttp|\bhttpx\b|\bpycurl\b|\bwget\b|feedparser|libwww-perl/i,
        },
        { in: ["symptom", "headers", "body", "log"], text: /cloudflare|cf-ray/i },
      ],
      none: [
        { in: ["body", "headers", "log"], text: /Just a moment|cf-mitigated|Attention Required|have been blocked/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the agent is the default of Python's urllib, which this check refuses",
      all: [{ in: ["symptom", "request", "log"], text: /urllib\.(?:request|error)/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the request names Python's urllib as its agent, which this check refuses",
      all: [{ in: ["symptom", "request", "log"], text: /Python[- ]urllib/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a program that speaks to an API or feed behind Cloudflare is refused",
      all: [
        { in: ["symptom"], text: /\bcloud ?flare\b/i },
        {
          in: ["symptom"],
          text: /\b(?:REST|feeds?|calendar|integration|titles?|scripts?|sdk|http client|library|webhooks?|python|rss|cli|curl command line|upgrad\w{1,3}|hosted behind|hidden behind|sits behind|pages hosted)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "headers", "config"],
          text: /challenge-|captcha|turnstile|Just a moment|cf-mitigated|\b10(?:0[5-9]|1[12]|20)\b|have been blocked|Attention Required|\bwaf\b|\brules?\b|country|worker|zero ?trust|access policy|service token|upload\w*|\bPOST\b|\bsav(?:e|ing)\b|csrf|openai|claude|anthropic|tunnel|scrap|crawl|locations?|ip addresses|bot (?:fight|protection)|anti-?bot|anubis/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "case",
      says: "another user agent is told not to help",
      all: [
        {
          in: ["symptom"],
          text: /\buser[- ]?agents?\b[^\n]{0,40}\b(?:does(?:n't| not)|did(?:n't| not)|not|no|without|still)\b[^\n]{0,20}\b(?:help|work|change|effect|success|fix|fails?|403)\b|\bregardless of (?:the )?user[- ]?agent/i,
        },
      ],
    },
  ],
})
