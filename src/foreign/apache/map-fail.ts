import { foreignCause } from "../cause.ts"

export const apacheMapFail = foreignCause({
  code: "apache/map-fail",
  emitter: "apache",
  title: "Apache httpd cannot turn the URL into a file's path",
  isNoMatterOfRights: true,
  why: "A name that is too long, holds bytes a file name cannot hold, or names something that is neither a file nor a directory (a socket, a pipe) is refused before any rule is asked. Scanners send such URLs all the time.",
  fix: [
    {
      by: "caller",
      does: "Correct the URL: one whole URL must not follow another, and each part of the path is at most 255 bytes long",
      admits: "nobody else",
    },
    {
      by: "operator",
      does: "Put the `ProxyPass` or `RewriteRule` that takes such URLs before files are looked for, in the virtual host",
      admits: "everyone, to what it forwards to",
    },
  ],
  ask: {
    question: "What is the URL as the access log has it, and how long is its longest part?",
    why: "httpd refuses before it looks at any rule, by the URL alone.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/server/core.c",
    "https://github.com/apache/httpd/blob/trunk/server/request.c",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where it cannot make a path of the URL",
      all: [{ in: ["log", "symptom"], text: /AH00127|Cannot map [^\n]{1,300} to file/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "httpd could not look at the path, and it was not for want of rights",
      all: [
        {
          in: ["log", "symptom"],
          text: /AH00036|AH00038|doesn't point to a file or directory|\(36\)File name too long/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a very long path or one with a colon on Windows is spoken of",
      all: [
        { in: ["symptom"], text: /file ?name too long|very long (?:url|path)|\bcolon\b|windows[^\n]{0,40}apache/i },
      ],
    },
  ],
})
