import { foreignCause } from "../cause.ts"

export const corsPreflightRejected = foreignCause({
  code: "cors/preflight-rejected",
  emitter: "application",
  title: "The server refuses the browser's preflight: origin, method or headers are not on its CORS list",
  why: "Before a script's request to another origin the browser asks with OPTIONS whether it may. A server with a CORS list that the request does not fit answers 403, and the browser never sends what was meant.",
  fix: [
    {
      by: "operator",
      does: "Add exactly this origin (scheme, host and port) and the headers and method the preflight asks for to the server's CORS configuration",
      admits: "scripts on pages of that origin",
    },
    {
      by: "caller",
      does: "Serve the page from the same origin, or send the request through the page's own server",
      admits: "nobody else",
    },
  ],
  unwise: [
    "Allowing `*` together with credentials, or reflecting any origin: every site may then read answers in the user's name",
    "Turning the check off in the browser: it helps one machine and hides the fault",
  ],
  ask: {
    question: "Does the OPTIONS request, with its `Origin` and `Access-Control-Request-*` fields, itself answer 403?",
    why: "If it does, the request behind it was never sent, and only the CORS configuration matters.",
  },
  sources: [
    "spring-projects/spring-framework spring-web/src/main/java/org/springframework/web/cors/DefaultCorsProcessor.java",
    "https://github.com/microcks/microcks/issues/172",
    "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Spring's CORS processor writes this when origin, method or headers do not fit",
      all: [{ in: ["body", "log", "symptom"], text: "Invalid CORS request" }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a preflight was answered 403 with the 20 bytes of Spring's text",
      all: [
        { in: ["headers"], text: /HTTP\/[0-9.]{1,3} 403/ },
        { in: ["headers"], text: /content-length: ?20\b/i },
        { in: ["request", "symptom"], text: /\bOPTIONS\b/ },
      ],
    },
    {
      weight: "strong",
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
      weight: "strong",
      basis: "documented",
      says: "the browser says that the preflight did not pass",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /(?:Response to preflight request doesn't pass access control check|CORS preflight (?:response|channel) did not succeed|preflight (?:request |response )?(?:fails?|failed|403|is rejected|rejected|returns? 403|has invalid HTTP status))/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the browser's words for an answer without CORS fields",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /blocked by CORS policy|Access-Control-Allow-Origin|Cross-Origin Request Blocked/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the report names CORS or the preflight",
      all: [{ in: ["symptom"], text: /\b(?:CORS|preflight)\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the server lists its methods but allows no origin",
      all: [
        { in: ["headers"], text: /(?:^|\n)allow: ?[A-Z]/i },
        { in: ["request", "symptom"], text: /\b(?:OPTIONS|CORS|preflight)\b|(?:^|\n)origin:/i },
      ],
      none: [{ in: ["headers"], text: /access-control-allow-origin/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the report names the list of origins",
      all: [
        {
          in: ["symptom"],
          text: /setAllowedOrigin\w*|\ballowed[-_ ]?origins?\b|\borigins? (?:is |are )not (?:allowed|permitted)\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "origins are listed in the configuration",
      all: [{ in: ["config"], text: /allowed-?_?origins|@CrossOrigin|cors\(|CORS_/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "other clients pass where a browser does not",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:postman|curl|insomnia)\b[^\n]{0,60}\bbut not (?:from|in) (?:the |a |my )?browser|\bbrowser\b[^\n]{0,60}\b(?:refused|blocked|fails?|403)\b[^\n]{0,60}\b(?:postman|curl|insomnia)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "only the browser is refused, and other clients pass",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:curl|postman|insomnia)\b[^\n]{0,60}\b(?:but|while|whereas|and)\b[^\n]{0,40}\bbrowser\b|\bbrowser\b[^\n]{0,80}\b(?:but|while|whereas|and)\b[^\n]{0,30}\b(?:curl|postman|insomnia)\b|\b(?:postman|insomnia)\b[^\n]{0,40}\bworks?\b[^\n]{0,60}\b(?:axios|fetch|angular|react|vue|front-?end)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /csrf|cloudflare|cookie|user-agent|\bbrowser\b[^\n]{0,20}\b(?:works|opens|fine)\b|download|scrap|signed/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a tool passes and a page's script does not: only a browser asks first",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:postman|curl|insomnia|swagger)\b[^\n]{0,60}\b(?:works?|fine|ok|responds?|succeeds?|passes|200)\b|\b(?:works?|fine|ok|responds?|succeeds?|passes|200)\b[^\n]{0,40}\b(?:postman|curl|insomnia|swagger)\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:browser|axios|fetch|angular\w{0,2}|react|vue|front-?end|ajax|XMLHttpRequest|web ?app|SPA)\b/i,
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
      weight: "strong",
      basis: "case",
      says: "one client sends an Origin and another does not, at an application with a list of origins",
      all: [
        { in: ["config"], text: /allowed-?_?origins|@CrossOrigin|CorsRegistry|setAllowedOrigin|cors\(/i },
        { in: ["symptom"], text: /\b(?:postman|browser|chrome|curl|origin)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /csrf|\bOPTIONS\b|preflight|anyRequest\(\)/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Spring's processor logs why it rejects",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /\bReject: (?:origin(?: [^\n]{1,80})? (?:is )?not allowed|headers ?'|HTTP '|header)|DefaultCorsProcessor/,
        },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /Reject: HTTP '/ }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "object stores write this where no CORS rule of the bucket fits",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /CORSRe(?:sponse|quest): |CorsPreflightFailure|CORS not enabled or no matching rule found/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Starlette's, Tomcat's and Play's words for an origin that is not listed",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Disallowed CORS (?:origin|headers)|CorsFilter[^\n]{0,80}(?:invalid|not allowed)|CORS[^\n]{0,20}origin (?:is )?not allowed|Origin (?:header )?\S{1,80} (?:is )?not allowed by (?:CORS|Access-Control)|Not allowed by CORS/i,
        },
      ],
    },
  ],
})
