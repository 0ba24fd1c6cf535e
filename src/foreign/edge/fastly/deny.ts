import { foreignCause } from "../../cause.ts"

export const edgeFastlyDeny = foreignCause({
  code: "edge/fastly/deny",
  emitter: "fastly",
  title: "A rule at Fastly refused the request",
  why: "The owner's VCL, access list or Next-Gen WAF at Fastly refused at the edge. What it writes is the owner's text, so the answer's fields tell more than its body.",
  fix: [
    {
      by: "operator",
      does: "Look up the request id in the logs of the service, and narrow the one rule that fitted",
      admits: "requests the exception fits",
    },
    { by: "caller", does: "Give `X-Served-By` and the time to the owner of the site", admits: "nobody else" },
  ],
  ask: {
    question: "Does the server behind Fastly have the request in its log?",
    why: "If not, Fastly answered itself.",
  },
  sources: [
    "https://github.com/EnableSecurity/wafw00f/blob/master/wafw00f/plugins/fastly.py",
    "https://www.fastly.com/documentation/guides/concepts/errors/",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "the answer came from Fastly's cache",
      all: [
        {
          in: ["headers", "log", "body", "symptom"],
          text: /x-served-by: ?cache-[a-z]{3}|x-fastly-request-id|fastly-restarts|x-sigsci-/i,
        },
      ],
      none: [{ in: ["body", "headers"], text: /x-github-media-type|rate limit|<Code>/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "Fastly is spoken of",
      all: [{ in: ["symptom", "config", "body"], text: /\bfastly\b|signal sciences|\bsigsci\b/i }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "Fastly's cache wrote the page",
      all: [{ in: ["body"], text: /Details: cache-[a-z]{3}|Guru Meditation/i }],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a cache of Fastly answers",
      all: [{ in: ["headers"], text: /x-served-by: ?cache-|x-fastly-|fastly-/i }],
    },
  ],
})
