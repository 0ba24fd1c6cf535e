import { foreignCause } from "../cause.ts"

export const laravelSignedUrl = foreignCause({
  code: "laravel/signed-url",
  emitter: "laravel",
  title: "The signed address does not fit its signature",
  why: "Laravel signs the whole address with its scheme, host and query. Behind a proxy that ends TLS it signs one scheme and checks another; mail services that add parameters, a changed APP_KEY or APP_URL, and expiry break it as well.",
  fix: [
    {
      by: "operator",
      does: "Trust exactly the proxy in front (`TrustProxies`), so that scheme and host are those the browser sees, and set `APP_URL` to them",
      admits: "nobody else",
    },
    {
      by: "caller",
      does: "Ask for a new link, and open it as it came, without added parameters",
      admits: "nobody else",
    },
  ],
  unwise: [
    "Taking the `signed` middleware off: anyone may then forge such links",
    "Trusting every proxy (`*`) where clients reach the application directly: they may then set scheme and address themselves",
  ],
  ask: {
    question: "What do `url()->full()` and `request()->getScheme()` give for the link when it arrives?",
    why: "A difference to the link in the mail shows what changed.",
  },
  sources: [
    "laravel/framework src/Illuminate/Routing/Exceptions/InvalidSignatureException.php",
    "https://laravel.com/docs/urls#signed-urls",
    "https://github.com/laravel/framework/issues/28311",
    "https://github.com/devaslanphp/project-management/issues/60",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Laravel's exception for it",
      all: [{ in: ["body", "log", "symptom"], text: /InvalidSignatureException/ }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Laravel's sentence for an address that does not fit its signature",
      all: [{ in: ["body", "log", "symptom"], text: /\bInvalid signature\b/i }],
      none: [{ in: ["body", "log", "symptom"], text: /SignatureDoesNotMatch|JsonWebToken|\bjwt\b|AWS|webhook/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the address carries Laravel's signature, 64 hexadecimal digits",
      all: [{ in: ["request", "symptom", "log"], text: /[?&](?:amp;)?signature=(?:[0-9a-f]{8,64}|\*{6})/ }],
      none: [{ in: ["request"], text: /X-Amz-|googleapis|AWSAccessKeyId/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "links in mails for verification or a reset are what is signed",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:signed (?:url|route|link)|(?:email |e-mail )?verif\w* (?:e-?mail|mail|link|address)|(?:link|button) (?:of|in|from) (?:the |an? )?(?:\w{1,20} )?(?:e-?mail|mail)|password reset link|reset link|temporarySignedRoute|verification links?)\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body"],
          text: /pre-?signed|\bs3\b|bucket|upload|SignatureDoesNotMatch|ContentType|cloudfront|minio|\baws\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "Laravel's switches for scheme and proxies",
      all: [
        {
          in: ["config"],
          text: /forceScheme|TrustProxies|temporarySignedRoute|hasValidSignature|middleware\(\[?'signed/,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a proxy that ends TLS",
      all: [
        { in: ["symptom"], text: /\b(?:proxy|https|ssl|load ?balancer)\b/i },
        { in: ["symptom", "body", "log"], text: /\b(?:laravel|signature|signed)\b/i },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "Laravel's sentence for a signed link, as other packages phrase it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /Link has expired or is invalid|expired or invalid (?:signed )?(?:link|url)|hasValidSignature/i,
        },
      ],
    },
    {
      weight: "against",
      basis: "documented",
      says: "AWS' class for a signature",
      all: [{ in: ["body", "log", "symptom"], text: /InvalidSignatureException: Signature (?:expired|not yet)/ }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "links that verify an e-mail address are signed with scheme and host",
      all: [
        {
          in: ["symptom"],
          text: /\be-?mail verification|\bverif(?:y|ication|ying)\b[^\n]{0,24}\be-?mail|\be-?mail\b[^\n]{0,16}\bverif/i,
        },
        { in: ["symptom"], text: /proxy|https|ssl|load ?balancer|\bport\b|link|button|always|403/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /csrf|not verified|unverified|firebase|supabase|django|keycloak|cognito|github|smtp/i,
        },
      ],
    },
  ],
})
