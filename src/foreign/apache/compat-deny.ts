import { foreignCause } from "../cause.ts"

export const apacheCompatDeny = foreignCause({
  code: "apache/compat-deny",
  emitter: "apache",
  title: "`Order`, `Allow` and `Deny` of Apache httpd do not let the client in",
  why: "These directives of httpd 2.2 live on in mod_access_compat as a test of their own, beside `Require`: both have to hold, unless `Satisfy Any` is set. `Order allow,deny` without an `Allow` that fits denies.",
  fix: [
    {
      by: "operator",
      does: "Add `Allow from` with the client's address to the section that denies",
      admits: "requests from that address",
    },
    {
      by: "operator",
      does: "Replace `Order`, `Allow` and `Deny` by the `Require` that says the same",
      admits: "whom the `Require` names",
    },
  ],
  unwise: ["Writing `Allow from all` for the whole server: everyone who can reach the port is let in"],
  ask: {
    question: "Which section or .htaccess on the way still says `Order` or `Deny from`?",
    why: "One such line is enough to refuse, whatever `Require` says.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/modules/aaa/mod_access_compat.c",
    "https://httpd.apache.org/docs/2.4/mod/mod_access_compat.html",
    "https://httpd.apache.org/docs/2.4/upgrading.html#access",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where `Order`, `Allow` and `Deny` refuse",
      all: [{ in: ["log", "symptom", "body"], text: /AH01797|\[access_compat:error\]/i }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "httpd 2.2 writes this where `Order`, `Allow` and `Deny` refuse",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /\[error\] \[client [0-9a-fA-F.:]{3,45}\] client denied by server configuration/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "httpd says that its configuration denies, and gives no number",
      all: [{ in: ["log", "symptom", "body"], text: "client denied by server configuration" }],
      none: [{ in: ["log", "symptom", "body"], text: /AH01630|authz_core|AH01797/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration denies in the manner of httpd 2.2",
      all: [{ in: ["config"], text: /^[ \t]*Deny[ \t]+from[ \t]+\S/im }],
      none: [{ in: ["log"], text: /AH01630|authz_core/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "`Deny from` or `Order` is told to be in place",
      all: [{ in: ["symptom"], text: /\bdeny from\b|\border (?:deny|allow), ?(?:allow|deny)\b/i }],
    },
    {
      weight: "against",
      basis: "source",
      says: "the line comes from `Require`, which is another module",
      all: [{ in: ["log"], text: /AH01630|authz_core:error/i }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "`Allow from` helped, and it lifts only what `Order` and `Deny` refuse",
      all: [
        { in: ["symptom"], text: /\ballow from\b[^\n]{0,60}\b(?:works?|helps?|helped|fix(?:es|ed)?|solve[sd]?)\b/i },
      ],
    },
    {
      weight: "against",
      basis: "documented",
      says: "the block that denies holds for httpd 2.2 alone",
      all: [{ in: ["config"], text: /<IfModule\s{1,4}!(?:mod_authz_core(?:\.c)?|authz_core_module)>/i }],
    },
  ],
})
