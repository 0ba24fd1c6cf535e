import { foreignCause } from "../../cause.ts"

export const edgeCloudfrontCnameMismatch = foreignCause({
  code: "edge/cloudfront/cname-mismatch",
  emitter: "cloudfront",
  title: "No CloudFront distribution has this host name",
  isNoMatterOfRights: true,
  why: "The host name leads to CloudFront and no distribution lists it among its alternate domain names, so CloudFront does not know whom the request is for. The page says `Bad request` with 403.",
  fix: [
    {
      by: "operator",
      does: "Add the host name to the alternate domain names (CNAMEs) of the distribution, with a certificate for it",
      admits: "everyone, to the distribution under that name",
    },
    {
      by: "caller",
      does: "Use the name the distribution has, in the URL and in the `Host` field",
      admits: "nobody else",
    },
  ],
  ask: {
    question: "Does the request pass under the distribution's own name on cloudfront.net?",
    why: "Then only the host name is unknown to it.",
  },
  sources: [
    "https://repost.aws/knowledge-center/resolve-cloudfront-bad-request-error",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "CloudFront's page says `Bad request` with 403",
      all: [
        { in: ["body", "log", "symptom"], text: /Bad request\./i },
        { in: ["body", "log", "symptom", "headers"], text: /cloudfront|request could not be satisfied/i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a host name that leads to CloudFront is spoken of",
      all: [
        { in: ["symptom", "config"], text: /\bCNAMEs?\b|alternate domain|custom domain|host header|\baliases\b/i },
        { in: ["symptom", "config", "body", "headers"], text: /cloudfront/i },
      ],
    },
  ],
})
