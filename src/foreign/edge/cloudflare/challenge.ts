import { foreignCause } from "../../cause.ts"

export const edgeCloudflareChallenge = foreignCause({
  code: "edge/cloudflare/challenge",
  emitter: "cloudflare",
  title: "Cloudflare asks for proof of a browser, which a program cannot give",
  why: "Instead of the answer Cloudflare sends a page that has to run in a browser (`Just a moment...`), with 403 and `cf-mitigated: challenge`. The server behind never sees the request.",
  fix: [
    {
      by: "operator",
      does: "Skip the challenge for the API's path or for clients that show a secret header, with a custom rule",
      admits: "clients with that header, or everyone on that path",
    },
    {
      by: "caller",
      does: "Use the address the site offers for programs, or ask its owner to let you through",
      admits: "nobody else",
    },
  ],
  unwise: [
    "Turning bot protection off for the whole zone",
    "Programs that solve the challenge: they break with its next version and break the site's terms",
  ],
  ask: { question: "Does the answer carry `cf-mitigated: challenge`?", why: "Cloudflare sets it on challenges only." },
  sources: [
    "https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/",
    "https://github.com/Hitmasu/OpenCNPJ/issues/52",
    "https://github.com/monkeytypegame/monkeytype/issues/4254",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Cloudflare marks challenges by this field",
      all: [{ in: ["headers", "log", "body", "symptom"], text: /cf-mitigated["']?[:=] ?["']?challenge/i }],
    },
    {
      weight: "proof",
      basis: "case",
      says: "the page is Cloudflare's challenge",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /<title>Just a moment|Just a moment\.\.\.|cdn-cgi\/challenge-platform|__cf_chl_|_cf_chl_opt|cf-browser-verification|cf_chl_prog|cf-chl-bypass|cf_captcha_kind|Checking your browser before accessing|Enable JavaScript and cookies to continue|challenges\.cloudflare\.com|complete the security check to access/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a challenge or captcha of Cloudflare is spoken of",
      all: [
        {
          in: ["symptom", "log"],
          text: /cloudflare[^\n]{0,80}(?:challenge|captcha|turnstile|bot (?:protection|fight|management)|under attack|anti-?bot|verify you are human|browser check)|(?:challenge|captcha|turnstile|anti-?bot)[^\n]{0,60}cloudflare|bot fight mode/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a program is refused where a browser passes, behind Cloudflare",
      all: [
        { in: ["symptom", "headers", "body", "log"], text: /cloudflare|cf-ray/i },
        {
          in: ["symptom"],
          text: /works (?:fine )?in (?:the |a |my )?browser|scrap(?:e|er|ing)|headless|puppeteer|playwright|selenium|curl|script|bot\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a program, not a browser, meets Cloudflare",
      all: [
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /cloudflare|cf-ray/i },
        {
          in: ["symptom"],
          text: /\b(?:browsers?|axios|requests|fetch\w{0,3}|tls|finger-?print\w*|tool|library|scrap\w*|crawl\w*|bots?|script|curl|download\w*|python|headless|ddos)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log"],
          text: /\b10(?:0[5-9]|1[0-2]|20)\b|have been blocked|Attention Required|\bwaf\b|\brules?\b|country|worker|zero ?trust|access policy|service token|upload\w*|\bPOST\b|\bsav(?:e|ing)\b|user[- ]?agent|signature|csrf|openai|claude|anthropic/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "the title of the page on which Cloudflare tries the browser, in another language",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /<title>(?:请稍候|Nur einen Moment|Einen Moment|Un instant|Un momento|Um momento|Один момент|Bir dakika|Een moment)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "Cloudflare tries whether a person asks",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /needs to review the security of your connection|DDoS protection by Cloudflare|turn JavaScript on and reload the page|verify(?:ing)? you are (?:a )?human|cf_clearance/i,
        },
      ],
      none: [
        { in: ["body", "log", "symptom"], text: /have been blocked|DataDome|PerimeterX|aws-?waf|captcha-delivery/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a program is refused by a site that has Cloudflare",
      all: [
        { in: ["symptom"], text: /\bcloudflare\b/i },
        {
          in: ["symptom"],
          text: /\b(?:GET|program|add-?on|plug-?in|downloader|extension|scrap\w{0,4}|crawl\w{0,3}|app|tool|since (?:it|they|the site) (?:has|have|use[sd]?|added|moved)|anti-?bot|bot protection)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "body", "log"],
          text: /\b10(?:0[5-9]|1[0-2]|20)\b|have been blocked|Attention Required|\bwaf\b|\brules?\b|country|worker|zero ?trust|access policy|service token|upload\w*|\bPOST\b|\bsav(?:e|ing)\b|user[- ]?agent|signature|csrf|openai|claude|anthropic|tunnel|locations?|ip addresses|\bpages\b|block(?:s|ed) (?:by|page)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "another user agent is told not to help, so it is more than its name that is tried",
      all: [
        {
          in: ["symptom"],
          text: /\buser[- ]?agents?\b[^\n]{0,40}\b(?:does(?:n't| not)|did(?:n't| not)|not|no|without|still)\b[^\n]{0,20}\b(?:help|work|change|effect|success|fix|fails?|403)\b|\bregardless of (?:the )?user[- ]?agent/i,
        },
        { in: ["symptom", "body", "headers", "log"], text: /cloud ?flare|cf-ray/i },
      ],
      none: [
        { in: ["symptom", "body", "log"], text: /\b10(?:0[5-9]|1[0-2]|20)\b|have been blocked|Attention Required/ },
      ],
    },
  ],
})
