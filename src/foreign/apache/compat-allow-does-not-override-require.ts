import { foreignCause } from "../cause.ts"

export const apacheCompatAllowDoesNotOverrideRequire = foreignCause({
  code: "apache/compat-allow-does-not-override-require",
  emitter: "apache",
  title: "`Allow from` does not lift a denial by `Require` of Apache httpd",
  why: "httpd 2.4 asks `Order`, `Allow` and `Deny` on one side and `Require` on the other, and both have to let the request in. A block that says only `Allow from all`, as for 2.2, leaves an inherited `Require all denied` in force.",
  fix: [
    {
      by: "operator",
      does: "Add `Require all granted` to the block that says `Allow from all`, and take the old lines out",
      admits: "everyone the block means, to its files",
    },
    {
      by: "operator",
      does: "Write the block for both versions with `<IfModule mod_authz_core.c>`, where 2.2 is still in use",
      admits: "everyone the block means, to its files",
    },
  ],
  unwise: ["Granting `<Directory />`: every file of the host that httpd can read may be asked for"],
  ask: {
    question: "Does the block hold a `Require` beside its `Order` and `Allow`?",
    why: "With httpd 2.4 `Allow` alone grants nothing that `Require` denies.",
  },
  sources: [
    "https://httpd.apache.org/docs/2.4/upgrading.html#access",
    "https://github.com/apache/httpd/blob/trunk/modules/aaa/mod_access_compat.c",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "`Require` denies, and the block only says `Allow from`, which no longer lifts that",
      all: [
        { in: ["config"], text: /Allow[ \t]+from[ \t]+(?:all|\S{3,60})|Order[ \t]+(?:allow|deny), ?(?:allow|deny)/i },
        { in: ["log", "symptom", "body"], text: /AH01630|authz_core:error|client denied by server configuration/i },
      ],
      none: [
        { in: ["config"], text: /Require[ \t]+(?:all[ \t]+granted|ip|local|host)/i },
        { in: ["log"], text: /AH01797|access_compat/i },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "a block grants by `Order` and `Allow` alone",
      all: [{ in: ["config"], text: /^[ \t]*Allow[ \t]+from[ \t]+all\b/im }],
      none: [
        { in: ["config"], text: /^[ \t]*Require[ \t]+(?:all[ \t]+granted|ip|local|host)/im },
        { in: ["log"], text: /AH01797|access_compat|AH00\d{3}|AH01276/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the directives of httpd 2.2 are told to be used with 2.4",
      all: [
        {
          in: ["symptom"],
          text: /allow from|\border (?:allow|deny)|old (?:syntax|style|directives)|2\.2[^\n]{0,40}2\.4|access_compat/i,
        },
      ],
    },
  ],
})
