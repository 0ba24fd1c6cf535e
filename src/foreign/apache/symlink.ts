import { foreignCause } from "../cause.ts"

export const apacheSymlink = foreignCause({
  code: "apache/symlink",
  emitter: "apache",
  title: "A symbolic link is on the way, and Apache httpd may not follow it",
  why: "Without `FollowSymLinks` a link is refused; with `SymLinksIfOwnerMatch` one whose owner is not the target's. A link whose target is missing or cannot be reached is told by the same line.",
  fix: [
    {
      by: "operator",
      does: "Set `Options +SymLinksIfOwnerMatch` for that directory, and give link and target the same owner",
      admits: "everyone, to what the owner of the link owns",
    },
    {
      by: "operator",
      does: "Let httpd's user search the directories above the link's target, where the options allow links already",
      admits: "httpd's user, to pass through them",
    },
    {
      by: "operator",
      does: "Grant the target with `Alias` in the place of the link",
      admits: "everyone, to the files below that directory",
    },
  ],
  unwise: ["`Options +FollowSymLinks` on a host with several owners: each can publish files of others"],
  ask: {
    question: "Does `namei -l` show a link on the path, where does it lead, and may httpd's user reach that?",
    why: "A forbidden link and a target out of reach are told by the same words.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/server/request.c",
    "https://httpd.apache.org/docs/2.4/mod/core.html#options",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where it may not follow a link",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /AH00037|AH00032|Symbolic link not allowed or link target not accessible|link target not accessible/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the configuration forbids links",
      all: [
        { in: ["config"], text: /^[ \t]*Options[^\n]{0,60}(?:-FollowSymLinks|SymLinksIfOwnerMatch|[ \t]None\b)/im },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a link is on the path, below httpd",
      all: [
        { in: ["symptom", "files"], text: /\bsymlink(?:s|ed)?\b|symbolic link|^l[rwx-]{9}|FollowSymLinks/im },
        { in: ["symptom", "log", "body", "config", "headers"], text: /apache|httpd|FollowSymLinks/i },
      ],
      none: [{ in: ["log", "symptom"], text: /RewriteRule|AH00670/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a symbolic link is spoken of",
      all: [{ in: ["symptom"], text: /\bsym-?links?\b|\bsymbolic links?\b|シンボリックリンク/i }],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /nginx|disable_symlinks|caddy|iis|followsymlinks|rewrite|AH00670/i,
        },
      ],
    },
  ],
})
