import { foreignCause } from "../../cause.ts"

export const edgeCloudfrontMethodNotAllowed = foreignCause({
  code: "edge/cloudfront/method-not-allowed",
  emitter: "cloudfront",
  title: "The CloudFront behaviour does not take this method",
  isNoMatterOfRights: true,
  why: "Each behaviour of a distribution lists the methods it forwards: GET and HEAD, those with OPTIONS, or all seven. Anything else gets 403 at the edge and never reaches the server.",
  fix: [
    {
      by: "operator",
      does: "Set `AllowedMethods` of the behaviour that fits this path to all seven methods",
      admits: "everyone, with those methods on these paths",
    },
    {
      by: "caller",
      does: "Send the request to the API's own address, not to that of the distribution",
      admits: "nobody else",
    },
  ],
  unwise: ["All methods on the default behaviour, where only one path needs them"],
  ask: {
    question: "Does a GET of the same URL pass, and which methods does its behaviour allow?",
    why: "Only a list of methods lets one through and not the other.",
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html",
    "https://github.com/magda-io/magda/issues/736",
  ],
  clues: [
    {
      weight: "proof",
      basis: "case",
      says: "CloudFront's page says that the method is not forwarded",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /not configured to allow the HTTP request method|supports only cachable requests/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a method that changes something is refused by CloudFront",
      all: [
        { in: ["symptom", "headers", "body", "config"], text: /cloudfront/i },
        { in: ["symptom", "request"], text: /\b(?:POST|PUT|DELETE|PATCH|submit(?:ting)?|OPTIONS)\b/i },
      ],
      none: [{ in: ["body", "log", "symptom"], text: /Request blocked|AccessDenied|\bwaf\b|\b[Ss]3\b|signed/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the behaviour lists methods",
      all: [
        { in: ["config", "symptom"], text: /allowed_?methods|CachedMethods|cached_methods/i },
        { in: ["config", "symptom", "body", "headers"], text: /cloudfront|cache_?behavior/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "another site sends the browser back by a form, which is a POST",
      all: [
        { in: ["symptom"], text: /\b(?:redirect\w{0,3}|sends?|return\w{0,3}|comes?) back\b|\bcallback\b/i },
        { in: ["symptom"], text: /\b(?:payment|checkout|paytm|stripe|paypal|bank|saml|idp|acs|gateway redirects)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /csrf|session|cookie|django|spring|laravel|crumb|token/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "something that sends, on a page that is otherwise delivered by CloudFront, is refused",
      all: [
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /cloudfront|\bamplify\b/i },
        {
          in: ["symptom"],
          text: /\b(?:sends?|sending|submit\w{0,4}|forms?|server actions?|e-?mail|api routes?|post|function)\b/i,
        },
        { in: ["symptom"], text: /\b(?:next\.?js|nuxt|astro|app|page|works locally|deployed|hosted|distribution)\b/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /Request blocked|AccessDenied|\bwaf\b|\b[Ss]3\b|signed|content|html|Bad request|SignatureDoesNotMatch/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "only methods that read are listed for the behaviour",
      all: [
        {
          in: ["config"],
          text: /["']?allowed_?methods["']?\s{0,3}[:=]\s{0,3}\[\s{0,8}["'](?:GET|HEAD)["'],\s{0,8}["'](?:GET|HEAD)["']\s{0,8}(?:,\s{0,8}["']OPTIONS["']\s{0,8})?\]/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /cors\b|access-control/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "CloudFront's page comes for a request that sends something",
      all: [
        { in: ["body", "log", "symptom"], text: /The request could not be satisfied/i },
        {
          in: ["request", "symptom"],
          text: /\b(?:POST|PUT|PATCH|DELETE)\b|\/api\/|\bsubmit|\bform\b|\bserver actions?\b/,
        },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /Request blocked|Bad request|\bwaf\b|AccessDenied|\b[Ss]3\b|signed|country|geo/i,
        },
      ],
    },
  ],
})
