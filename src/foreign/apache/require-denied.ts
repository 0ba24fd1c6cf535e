import { foreignCause } from "../cause.ts"

export const apacheRequireDenied = foreignCause({
  code: "apache/require-denied",
  emitter: "apache",
  title: "A `Require` of Apache httpd denies this request",
  why: "`Require all denied`, or a list of `Require` none of which holds for this client, refuses. The last section that holds a `Require` and fits the request replaces those before it: directories first, then files, then locations, then `<If>`.",
  fix: [
    {
      by: "operator",
      does: "Add `Require ip` with the client's address to the section that decided",
      admits: "requests from that address",
    },
    {
      by: "operator",
      does: "Narrow the section that denies, where this path was not meant by it",
      admits: "everyone, on the paths it no longer fits",
    },
  ],
  unwise: [
    "Writing `Require all granted` for `<Directory />`: every file of the host that httpd can read may be asked for",
  ],
  ask: {
    question:
      "Which `Require` in the last fitting `<Directory>`, `<Files>`, `<Location>` or .htaccess does not hold for this client?",
    why: "The error line names the path and not the section, and the last section that fits decides alone.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/modules/aaa/mod_authz_core.c",
    "https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html",
    "https://httpd.apache.org/docs/2.4/sections.html",
  ],
  clues: [
    {
      weight: "fair",
      basis: "source",
      says: "httpd 2.4 writes this where `Require` does not hold",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /AH01630|\[authz_core:error\][^\n]{0,200}client denied by server configuration/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "httpd tells which `Require` it found to deny",
      all: [{ in: ["log"], text: /AH01626: authorization result of Require [^\n]{1,120}: denied/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "what was asked for is a file such as servers are told to keep back",
      all: [
        {
          in: ["log"],
          text: /client denied by server configuration: [^\n]{0,200}(?:\/\.(?:git|env|ht|svn|user\.ini|well-known)|server-status|server-info|wp-config|xmlrpc\.php|phpmyadmin|adminer|\.(?:ini|log|sql|bak|yml|yaml|md|dist|inc|tpl|lock)\b|\/(?:config|data|vendor|storage|logs?|uploads|cgi-bin|files)(?:\/|[,\s]|$))/im,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration denies by `Require`",
      all: [{ in: ["config"], text: /^[ \t]*Require[ \t]+(?:all[ \t]+denied|not[ \t]+\w+)/im }],
      none: [
        { in: ["config"], text: /<Directory[ \t]+"?\/"?>/i },
        { in: ["log", "body"], text: /AH00\d{3}|AH01276|AH01797|htaccess file/ },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "`Require` refused, and a section for this part of the site lets only some in, or nobody",
      all: [
        {
          in: ["config"],
          text: /<(?:Directory(?:Match)?[ \t]+"?(?!\/"?>)[^>\n]{1,200}|(?:Files|Location|If|ElseIf|Limit|Proxy)(?:Match|Except)?[ \t]+[^>\n]{1,300})>(?:[^<]|<\/?Require\w{3,4}>){0,400}\bRequire[ \t]+(?:all[ \t]+denied|not|ip|local|host|forward-dns|expr|env|method)\b/i,
        },
        { in: ["log", "symptom", "body"], text: /AH01630|authz_core:error/ },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the file is one of httpd's own `.ht` files, which its packaged configuration keeps from everyone",
      all: [
        {
          in: ["log"],
          text: /AH01630: client denied by server configuration: [^\n]{0,300}\/\.ht[\w.-]{0,40}(?:,|\s|$)/m,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the configuration lets only some in",
      all: [
        {
          in: ["config", "symptom"],
          text: /\bRequire[ \t]+(?:local\b|ip[ \t]|host[ \t]|expr[ \t]|env[ \t]|method[ \t])/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a denial by `Require` or a block list is told",
      all: [
        {
          in: ["symptom"],
          text: /Require all denied|Require ip|RequireAny|RequireAll|server-status|\.?htaccess\b[^\n]{0,50}\b(?:blocks?|den(?:y|ies|ied)|forbids?)\b/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "the packaged configuration grants this tree, so a narrower rule denies",
      all: [{ in: ["log", "symptom"], text: /client denied by server configuration: "?(?:proxy:|\/var\/www\/html\b)/ }],
      none: [{ in: ["config"], text: /Allow[ \t]+from|Order[ \t]+(?:allow|deny)/i }],
    },
    {
      weight: "proof",
      basis: "observed",
      says: "XAMPP admits only the local network here",
      all: [
        {
          in: ["body", "symptom"],
          text: /XAMPP security concept|requested (?:object|directory) is only available from the local network|httpd-xampp\.conf/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "httpd limits the methods",
      all: [
        {
          in: ["symptom", "config"],
          text: /<Limit(?:Except)?\b|\bLimitExcept\b|\bapache\b[^\n]{0,60}\b(?:limits?|restricts?|den(?:y|ies))\b[^\n]{0,24}\bmethods?\b|\bmethods?\b[^\n]{0,40}\b(?:denied|limited|restricted) by apache\b/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "body"], text: /nginx|limit_except/i }],
    },
  ],
})
