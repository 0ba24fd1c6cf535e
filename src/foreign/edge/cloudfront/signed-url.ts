import { foreignCause } from "../../cause.ts"

export const edgeCloudfrontSignedUrl = foreignCause({
  code: "edge/cloudfront/signed-url",
  emitter: "cloudfront",
  title: "CloudFront asks for a signed URL or signed cookies, and they are missing or do not hold",
  why: "A behaviour with trusted signers serves only requests that carry `Expires` or `Policy`, `Signature` and `Key-Pair-Id`. They must be signed with a key of its key group, for this very URL, and be in time.",
  fix: [
    { by: "caller", does: "Ask for a new signed URL and use it unchanged, before it expires", admits: "nobody else" },
    {
      by: "operator",
      does: "Sign with the private key of a key in the behaviour's key group, for the URL clients use (host and path)",
      admits: "holders of such URLs",
    },
  ],
  unwise: ["Turning `Restrict viewer access` off: everyone can fetch everything the behaviour serves"],
  ask: {
    question:
      "Does the URL carry `Key-Pair-Id`, `Signature` and `Expires` or `Policy`, and does the key's id stand in the behaviour's key group?",
    why: "CloudFront refuses without any of them, and with a key it does not know.",
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-urls.html",
    "https://repost.aws/knowledge-center/cloudfront-troubleshoot-signed-url-cookies",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "CloudFront says what is wrong with the signature",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /<Code>(?:MissingKey|MalformedPolicy|MalformedSignature|InvalidKey|UnknownKey)<\/Code>|Missing Key-Pair-Id|Malformed Policy|Unknown Key\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the request carries a signature for CloudFront",
      all: [
        {
          in: ["request", "log", "symptom", "headers"],
          text: /Key-Pair-Id=|CloudFront-(?:Key-Pair-Id|Signature|Policy|Expires)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "signed URLs or cookies of CloudFront are spoken of",
      all: [
        {
          in: ["symptom", "config"],
          text: /signed (?:url|cookie)s?|trusted[_ ]?(?:signers|key[_ ]?groups?)|key group|getSignedUrl/i,
        },
        { in: ["symptom", "config", "body", "headers", "request"], text: /cloudfront/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the words are those CloudFront uses itself; S3 writes the second with a capital",
      all: [{ in: ["body", "log"], text: /<Message>Access denied<\/Message>/ }],
    },
  ],
})
