import { foreignCause } from "../cause.ts"

export const clientRedirectDroppedAuthOrMethod = foreignCause({
  code: "client/redirect-dropped-auth-or-method",
  emitter: "client",
  title: "The client followed a redirect and lost its method, body or Authorization on the way",
  why: "After 301 and 302 clients turn POST into GET, and most drop Authorization when the redirect leads to another host. What then arrives is not the request that was meant, and it is refused.",
  fix: [
    {
      by: "caller",
      does: "Ask for the address the redirect ends at (https, with or without the trailing slash or `www.`)",
      admits: "nobody else",
    },
    { by: "operator", does: "Redirect with 307 or 308 where method and body must stay", admits: "nobody else" },
  ],
  unwise: [
    "Sending credentials along to whatever host a redirect names (`--location-trusted`): the other host then has them",
  ],
  ask: {
    question: "Does `curl -v` without following redirects answer 301, 302 or 303 first?",
    why: "If so, the 403 belongs to the second request, which is not the one you wrote.",
  },
  sources: [
    "https://www.rfc-editor.org/rfc/rfc9110#section-15.4",
    "https://curl.se/docs/manpage.html",
    "https://github.com/encode/httpx/issues/1850",
    "https://github.com/reactiveui/refit/issues/1620",
  ],
  clues: [
    {
      weight: "fair",
      basis: "documented",
      says: "a redirect came before the answer",
      all: [
        { in: ["headers", "log", "body"], text: /HTTP\/[0-9.]{1,3} 30[1-3]\b|\b30[123] (?:Moved|Found|See Other)/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the report says that method or credentials are lost over a redirect",
      all: [
        {
          in: ["symptom"],
          text: /\bredirect\w*\b[^\n]{0,120}\b(?:authorization|credentials?|POST|method|header|body|GET)\b|\b(?:POST|authorization)\b[^\n]{0,80}\b(?:redirect\w*|becomes? a? ?GET|turn\w* into a? ?GET)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the credentials go missing where a redirect or its status is told of",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:authori[sz]ation|credentials?|(?:bearer|auth) (?:token|header))\b[^\n]{0,60}\b(?:null|lost|loses?|dropped|removed|stripped|gone|missing|empty)\b/i,
        },
        { in: ["symptom", "log"], text: /\b30[12378]\b|\bredirect/i },
      ],
      none: [
        {
          in: ["symptom"],
          text: /\bredirect\w*\b[^\n]{0,120}\b(?:authorization|credentials?|POST|method|header|body|GET)\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "the client was told to follow redirects",
      all: [
        { in: ["request"], text: /(?:^|\s)(?:-[a-zA-Z]{0,6}L\b|--location\b)/ },
        { in: ["symptom"], text: /redirect|https?|slash|www/i },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "plain http, a missing slash or `www.` are what is redirected",
      all: [{ in: ["symptom"], text: /\b(?:http to https|trailing slash|www\.|without www)\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the address was given without TLS or the slash, and is redirected",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:http|without https|plain http)\b[^\n]{0,40}\b(?:instead of|to|not)\b[^\n]{0,12}\bhttps\b|\btrailing slash\b/i,
        },
        { in: ["symptom", "request"], text: /\bPOST\b|\bauthori[sz]ation\b|\btoken\b|\bheader\b/i },
      ],
      none: [
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /signature|csrf|trusted|laravel/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a redirect leads to another host, and credentials go along that do not belong there or stay behind",
      all: [
        { in: ["symptom"], text: /\bredirect/i },
        {
          in: ["symptom"],
          text: /\b(?:external|another|different|other|new|cross|cdn|storage|blob|s3)\b[^\n]{0,16}\b(?:hosts?|origins?|domains?|servers?|urls?|storage)\b|\bCDN\b|\bcross-origin\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /csrf|cors\b|preflight|nginx|\.htaccess|rewrite|log-?in|OAuth|callback/i,
        },
      ],
    },
  ],
})
