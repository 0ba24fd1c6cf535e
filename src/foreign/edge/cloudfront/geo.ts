import { foreignCause } from "../../cause.ts"

export const edgeCloudfrontGeo = foreignCause({
  code: "edge/cloudfront/geo",
  emitter: "cloudfront",
  title: "The CloudFront distribution does not serve the client's country",
  why: "Geographic restriction on a distribution lists countries that are served or refused, and takes the country from the client's address.",
  fix: [
    { by: "caller", does: "Come from a country that is served, or ask the owner", admits: "nobody else" },
    { by: "operator", does: "Add the one country to the distribution's list", admits: "everyone in that country" },
  ],
  unwise: ["Switching the restriction off, where a licence or law asks for it"],
  ask: {
    question: "Does the request pass from an address in another country?",
    why: "This restriction looks at the country alone.",
  },
  sources: [
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "CloudFront's page says that the country is refused",
      all: [{ in: ["body", "log", "symptom"], text: /configured to block access from your country/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the distribution holds a restriction by country",
      all: [{ in: ["config", "symptom"], text: /geo_?restriction|GeoRestriction|geographic restriction/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "it depends on the country, behind CloudFront",
      all: [
        { in: ["symptom"], text: /\b(?:country|countries|region|vpn|geo)\b/i },
        { in: ["symptom", "headers", "body", "log"], text: /cloudfront/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "CloudFront refuses by country",
      all: [
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /cloudfront/i },
        {
          in: ["symptom"],
          text: /\b(?:countr(?:y|ies)|region|iran|russia|china|cuba|syria|korea|abroad|VPN|geo\w{0,10}|users? (?:from|in) [A-Z]\w{2,14})\b/,
        },
      ],
    },
  ],
})
