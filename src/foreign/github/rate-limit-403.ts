import { foreignCause } from "../cause.ts"

export const githubRateLimit403 = foreignCause({
  code: "github/rate-limit-403",
  emitter: "github",
  isNoMatterOfRights: true,
  title: "GitHub's rate limit is reached",
  why: "GitHub counts requests per hour and token, 60 without one, and beside that limits bursts, parallel requests and content made per minute. Both answer 403 or 429.",
  fix: [
    {
      by: "caller",
      does: "Wait until `x-ratelimit-reset`, or for `retry-after` seconds, and send more slowly",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Send a token: without one the limit is 60 an hour for the whole address",
      admits: "nobody else",
    },
    { by: "owner", does: "Ask with conditional requests and fewer pages", admits: "nobody else" },
  ],
  unwise: ["Spreading requests over many accounts' tokens, which GitHub's terms forbid"],
  ask: {
    question: "Is `x-ratelimit-remaining` 0?",
    why: "If it is, the hourly limit is used up; if not and the message speaks of a secondary limit, the requests come too fast",
  },
  sources: [
    "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api",
    "https://github.com/hub4j/github-api/issues/2009",
    "https://github.com/github-tools/github/issues/487",
    "google/go-github github/github.go",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "GitHub says that a rate limit is reached",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /exceeded a secondary rate limit|\bsecondary rate limit\b|triggered an abuse detection mechanism|API rate limit (?:already )?exceeded/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "no requests are left",
      all: [{ in: ["log", "headers"], text: /x-ratelimit-remaining['"]?\s{0,3}[:=]\s{0,3}['"[]{0,2}0\b/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a rate limit is spoken of",
      all: [{ in: ["symptom"], text: /\brate[- ]?limit/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|limit_req|apinto|\btyk\b|\bkong\b|limiting requests/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "GitHub tells when to try again",
      all: [
        { in: ["headers"], text: /^retry-after:/im },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bgithub\b/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "limits at GitHub",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bgithub\b|\boctokit\b/i },
        {
          in: ["symptom"],
          text: /\brate[- ]?limit|\babuse\b|\btoo many\b|\bunauthenticated\b|\bwithout (?:a )?token\b|\bafter\b[^\n]{0,30}\b(?:few|many|some|several|lots of)\b|\bmany requests\b|\btoo fast\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a limit of the rate is told, and GitHub limits calls without a token",
      all: [
        {
          in: ["log", "body"],
          text: /\brate limit (?:has been )?(?:exceeded|reached)|exceeded (?:the |your )?rate limit/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /nginx|limit_req|apinto|\btyk\b|\bkong\b|limiting requests|openai|anthropic|quota|\b429\b|cloudflare/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "many calls of GitHub's API, or calls from shared machines",
      all: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /\bgithub(?:'s)? api\b|api\.github\.com|\bgithub\b[^\n]{0,30}\breleases?\b|\bnewest release\b|\blatest release\b/i,
        },
        {
          in: ["symptom"],
          text: /\bafter a while\b|\b(?:CI|runner|shared|list\w*|install\w*|updat\w*|look(?:s|ing)? up|sometimes|now and then|many|forks?)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /resource not accessible|permission|scope|comment|push\b|SSO|SAML/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "clients' words for GitHub's limit",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:github\.GithubException\.)?RateLimitExceededException: 403|Request quota exhausted for request|rate limit hit|SecondaryRateLimit/i,
        },
      ],
      none: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /openai|anthropic|gemini|kong|nginx/i },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "GitHub's words for a call without a user agent, which counts as no right either",
      all: [{ in: ["body", "log", "symptom"], text: /Please make sure your request has a User-Agent header/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a script asks GitHub for the newest version or for many files, without a token",
      all: [
        { in: ["symptom"], text: /\b(?:install\w{0,6}|set-?up|updat\w{1,4}|download\w{0,4})\b/i },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /githubusercontent|api\.github\.com|\bgithub\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /latest (?:version|release)|newest|\bmany\b|\blarge (?:amount|number)\b|\bagain after\b|\bfew minutes\b|\/releases\b|returned error: 403/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /resource not accessible|permission|denied to|\bpush\b|SSO|SAML|proxy|tunnel|package registry|npm\.pkg|ghcr/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "the library go-github refuses before it asks",
      all: [{ in: ["body", "log", "symptom"], text: /API rate limit (?:of \d{1,6} )?still exceeded until/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the newest release is asked for at GitHub's API, which counts calls without a token by address",
      all: [
        {
          in: ["symptom", "log", "request"],
          text: /api\.github\.com\/repos\/[^\s/]{1,60}\/[^\s/]{1,80}\/releases\b|\bapi\.github\.com\b[^\n]{0,60}\b(?:latest release|releases)|releases\/latest/i,
        },
        {
          in: ["symptom", "log", "request"],
          text: /\b(?:install\w{0,5}|init|download\w{0,3}|updat\w{1,3}|setup|CI|continuous integration|without a token)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /not accessible by|create a? ?release|creating|upload|POST|contents: ?write/i,
        },
      ],
    },
  ],
})
