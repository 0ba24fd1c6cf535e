import { foreignCause } from "../cause.ts"

export const corsPreflightHitsAuthorization = foreignCause({
  code: "cors/preflight-hits-authorization",
  emitter: "application",
  title: "Authorization is checked before CORS, and a preflight cannot carry credentials",
  why: "The browser sends the preflight without cookies and without Authorization. Where the authorization layer comes first, it refuses the OPTIONS as it would any stranger, and the answer has no CORS fields.",
  fix: [
    {
      by: "operator",
      does: "Let the CORS handling run before authorization (Spring: `http.cors()` with a `CorsConfigurationSource`; elsewhere the CORS middleware first)",
      admits: "nobody else: a preflight changes and tells nothing",
    },
    {
      by: "operator",
      does: "Permit OPTIONS for those paths without credentials",
      admits: "everyone, to ask which methods a path has",
    },
  ],
  unwise: ["Permitting all methods on the paths to get the preflight through: everyone may then call them"],
  ask: {
    question: "Does OPTIONS with an Authorization field, sent by curl, pass where the browser's does not?",
    why: "If it does, authorization stands before CORS.",
  },
  sources: [
    "https://github.com/hephaestus-build/Hephaestus/pull/673",
    "https://docs.spring.io/spring-security/reference/servlet/integrations/cors.html",
    "https://github.com/spring-projects/spring-security/issues/4448",
  ],
  clues: [
    {
      weight: "strong",
      basis: "case",
      says: "the report says that authorization meets the preflight",
      all: [
        { in: ["symptom"], text: /\b(?:preflight|OPTIONS)\b/i },
        {
          in: ["symptom"],
          text: /\b(?:authori[sz]\w*|authenticat\w*|auth|token|security (?:filter|chain)|filter chain|credentials|without (?:an? )?(?:authorization|token)|login|permit(?:All|ted)?)\b/i,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: "Invalid CORS request" }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "every request needs a login, and none is made free for OPTIONS",
      all: [
        { in: ["config"], text: /anyRequest\(\)\.(?:authenticated|fullyAuthenticated|hasRole|hasAuthority)/ },
        { in: ["request", "symptom"], text: /\b(?:OPTIONS|preflight|CORS)\b/ },
      ],
      none: [{ in: ["config"], text: /HttpMethod\.OPTIONS/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the preflight's answer has no CORS fields",
      all: [{ in: ["symptom"], text: /\b(?:without|no|missing|lacks?)\b[^\n]{0,20}\bCORS headers?\b/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the request is a preflight",
      all: [{ in: ["request"], text: /access-control-request-(?:method|headers)/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the request is an OPTIONS",
      all: [{ in: ["request", "log"], text: /(?:^|\s|")(?:-X ?)?OPTIONS[ "]/m }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the browser says that the preflight's status was not a success",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /preflight[^\n]{0,80}(?:ok status|invalid HTTP status|HTTP status code 40[13])/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "the report names CORS or the preflight",
      all: [{ in: ["symptom"], text: /\b(?:CORS|preflight)\b/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "every request needs a key or login, and a preflight cannot carry one",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:keys?|tokens?|credentials?|log-?in|auth\w*) (?:is |are )?(?:now )?(?:required|needed|demanded|mandatory)\b|\brequires? (?:an? )?(?:api[- ]?)?(?:keys?|tokens?|auth\w*|log-?in)\b|\bwithout (?:an? )?(?:api[- ]?)?key\b/i,
        },
        { in: ["symptom", "body", "log", "request"], text: /\bpreflight\b|\bOPTIONS\b/ },
      ],
      none: [{ in: ["symptom", "body", "log"], text: /Invalid CORS request/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a tool passes and a page's script does not, at a server that wants a login: the browser asks first, without one",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:postman|curl|insomnia|swagger)\b[^\n]{0,60}\b(?:works?|fine|ok|responds?|succeeds?|passes|200)\b|\b(?:works?|fine|ok|responds?|succeeds?|passes|200)\b[^\n]{0,40}\b(?:postman|curl|insomnia|swagger)\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:browser|axios|fetch|angular\w{0,2}|react|vue|front-?end|ajax|XMLHttpRequest|web ?app|SPA)\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\b(?:jwt|spring|security|authori[sz]\w{2,6}|auth|tokens?|bearer|oauth2?|keycloak|log-?in)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /cloudflare|cf-ray|user[- ]?agent|urllib|presigned|signature|\bs3\b|bucket|csrf|crumb|invalid cors request|captcha|nginx 403|directory|crawler|scrap/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "Spring Security, and a page of another origin",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /\bspring\b|\bjwt\b/i },
        {
          in: ["symptom"],
          text: /\b(?:browser|axios|fetch|angular\w{0,2}|react|vue|front-?end|ajax|XMLHttpRequest|web ?app|SPA)\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:postman|curl|insomnia|swagger)\b[^\n]{0,60}\b(?:works?|fine|ok|responds?|succeeds?|passes|200)\b|\b(?:works?|fine|ok|responds?|succeeds?|passes|200)\b[^\n]{0,40}\b(?:postman|curl|insomnia|swagger)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /cloudflare|cf-ray|user[- ]?agent|urllib|presigned|signature|\bs3\b|bucket|csrf|crumb|invalid cors request|captcha|nginx 403|directory|crawler|scrap/i,
        },
      ],
    },
  ],
})
