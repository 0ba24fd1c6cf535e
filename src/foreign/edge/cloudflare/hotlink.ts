import { foreignCause } from "../../cause.ts"

export const edgeCloudflareHotlink = foreignCause({
  code: "edge/cloudflare/hotlink",
  emitter: "cloudflare",
  title: "Cloudflare's hotlink protection refuses an image asked for from another site",
  why: "The site's owner does not want others to show its images. Cloudflare answers error 1011 where the Referer names another site; no Referer at all is admitted.",
  fix: [
    {
      by: "caller",
      does: "Keep a copy of the image on your own site, with the owner's consent, or link to the page that shows it",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Put images that others may show below a path named `hotlink-ok`, or turn the protection off for that path",
      admits: "every site, to the images below that path",
    },
  ],
  ask: {
    question: "Does the same URL open when it is typed into the browser, without a Referer?",
    why: "Hotlink protection looks at the Referer alone.",
  },
  sources: [
    "https://developers.cloudflare.com/waf/tools/scrape-shield/hotlink-protection/",
    "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1011/",
    "https://github.com/qsniyg/maxurl/issues/180",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "Cloudflare's number and sentence for it",
      all: [
        {
          in: ["body", "log", "symptom"],
          text: /does not allow hotlinking to that resource|error[ _]?(?:code)?["']?[: ]{1,3}1011\b|1xxx-errors\/error-1011/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "hotlinking of images is spoken of, and Cloudflare",
      all: [
        { in: ["symptom", "config"], text: /\bhot-?link\w{0,3}\b/i },
        { in: ["symptom", "headers", "body", "log"], text: /cloudflare|cf-ray/i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Cloudflare's protection from embedding is spoken of",
      all: [
        { in: ["symptom", "body", "log", "config"], text: /\bhot-?link\w{0,4}\b/i },
        { in: ["symptom", "body", "log", "headers", "config"], text: /cloud ?flare|cf-ray/i },
      ],
    },
  ],
})
