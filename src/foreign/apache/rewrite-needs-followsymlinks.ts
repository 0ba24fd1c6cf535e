import { foreignCause } from "../cause.ts"

export const apacheRewriteNeedsFollowsymlinks = foreignCause({
  code: "apache/rewrite-needs-followsymlinks",
  emitter: "apache",
  title: "`RewriteRule` in a directory needs links to be allowed, and they are not",
  isNoMatterOfRights: true,
  why: "A rewrite in a .htaccess or `<Directory>` can reach what a link could, so httpd refuses all of the directory where neither `FollowSymLinks` nor `SymLinksIfOwnerMatch` is on.",
  fix: [
    {
      by: "operator",
      does: "Set `Options +SymLinksIfOwnerMatch` for that directory",
      admits: "everyone, to what the rewrite leads to, and through links whose owner is their target's",
    },
    {
      by: "operator",
      does: "Move the rewrite to the virtual host, outside any directory",
      admits: "everyone, to what the rewrite leads to",
    },
  ],
  unwise: ["`Options +FollowSymLinks` on a host with several owners: each can publish files of others"],
  ask: {
    question: "Which `Options` apply to the directory whose .htaccess rewrites?",
    why: "A rewrite in a directory needs one of the two link options.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/modules/mappers/mod_rewrite.c",
    "https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where a rewrite meets a directory without links",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /AH00670|FollowSymLinks (?:and|or) SymLinksIfOwnerMatch (?:are both off|is off)|RewriteRule directive is (?:also )?forbidden/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration rewrites in a directory where links are off",
      all: [
        { in: ["config"], text: /^[ \t]*Rewrite(?:Engine[ \t]+on|Rule)\b/im },
        {
          in: ["config", "symptom"],
          text: /Options[^\n]{0,60}(?:-FollowSymLinks|[ \t]None\b)|FollowSymLinks (?:is )?(?:off|disabled|missing)/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "`FollowSymLinks` and a rewrite are told together",
      all: [
        { in: ["symptom"], text: /FollowSymLinks|SymLinksIfOwnerMatch/i },
        { in: ["symptom", "config"], text: /rewrite|\.htaccess/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a file with rewriting turns every page into a 403",
      all: [
        { in: ["config", "symptom"], text: /Rewrite(?:Engine[ \t]+on|Rule)\b|\brewrit(?:e|ing)\b/i },
        { in: ["symptom"], text: /\.?htaccess\b/i },
        { in: ["symptom"], text: /\b(?:all|any|every(?:thing)?|each|whole)\b/i },
      ],
      none: [
        { in: ["config", "symptom"], text: /FollowSymLinks|SymLinksIfOwnerMatch|\bF\]|deny from|Require all/i },
        { in: ["log"], text: /AH\d{5}|ModSecurity|client denied/ },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a .htaccess makes every page refuse",
      all: [
        {
          in: ["symptom"],
          text: /\.htaccess\b[^\n]{0,60}\b(?:makes?|causes?|leads?|gives?|results?|turns?)\b|\b(?:add\w*|copy\w*|default|delivered|shipped)\b[^\n]{0,30}\.htaccess\b/i,
        },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /deny from|Require all denied|unreadable|permission|\bF\]|AH\d{5}|bots?\b/i,
        },
      ],
    },
  ],
})
