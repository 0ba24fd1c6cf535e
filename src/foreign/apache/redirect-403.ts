import { foreignCause } from "../cause.ts"

export const apacheRedirect403 = foreignCause({
  code: "apache/redirect-403",
  emitter: "apache",
  title: "A `Redirect 403` of Apache httpd refuses this path",
  why: "`Redirect` and `RedirectMatch` with the status 403 answer for every path that begins with, or matches, what they name, before files are looked at. Nothing is written to the error log.",
  fix: [
    {
      by: "operator",
      does: "Narrow the path or pattern of the `Redirect`, so that it no longer fits this URL",
      admits: "everyone, on the paths it no longer fits",
    },
  ],
  unwise: ["Removing it: what it hides, such as version control or backups, can be fetched by everyone"],
  ask: {
    question: "Does a `Redirect 403` or `RedirectMatch 403` in the configuration or a .htaccess fit the path?",
    why: "It refuses without a line in the error log.",
  },
  sources: [
    "https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect",
    "https://github.com/apache/httpd/blob/trunk/modules/mappers/mod_alias.c",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "the configuration answers 403 for what the pattern fits",
      all: [{ in: ["config"], text: /^[ \t]*Redirect(?:Match)?[ \t]+403\b/im }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a `Redirect` with 403 is told",
      all: [{ in: ["symptom"], text: /\bRedirect(?:Match)? 403\b/i }],
    },
  ],
})
