import { foreignCause } from "../cause.ts"

export const apacheNoIndex = foreignCause({
  code: "apache/no-index",
  emitter: "apache",
  title: "The URL names a directory in which Apache httpd finds no index file, and listings are off",
  isNoMatterOfRights: true,
  why: "httpd looks for the files of `DirectoryIndex`. Where none exists and `Options` does not hold `Indexes` it answers a GET with 403, whoever asks: the directory is there, and nothing in it may be shown.",
  fix: [
    {
      by: "operator",
      does: "Put the index file there, or name the one that is there in `DirectoryIndex`",
      admits: "everyone, to that file",
    },
    {
      by: "operator",
      does: "Point `DocumentRoot` or `Alias` to the directory that holds the index file",
      admits: "everyone, to the files below it",
    },
    { by: "caller", does: "Ask for a file in the directory by its name", admits: "nobody else" },
  ],
  unwise: [
    "`Options +Indexes` for the whole site: everyone can list every directory",
    "chmod 777: the modes are not the reason, and everyone could write",
  ],
  ask: {
    question: "Which of the names in `DirectoryIndex` is in the directory that the error line names?",
    why: "httpd refuses only where none of them is.",
  },
  sources: [
    "https://github.com/apache/httpd/blob/trunk/docs/error/HTTP_FORBIDDEN.html.var",
    "https://github.com/apache/httpd/blob/trunk/modules/generators/mod_autoindex.c",
    "https://httpd.apache.org/docs/2.4/mod/mod_dir.html#directoryindex",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where a directory has no index file and may not be listed",
      all: [
        {
          in: ["log", "symptom", "body"],
          text: /AH01276|No matching DirectoryIndex|server-generated directory index forbidden|Directory index forbidden by (?:Options directive|rule)/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration turns listings off",
      all: [{ in: ["config"], text: /^[ \t]*Options[^\n]{0,80}[ \t]-Indexes\b/im }],
      none: [{ in: ["log", "body"], text: /AH0(?!1276)\d{4}|denied by server configuration|htaccess file/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a directory without an index file is spoken of",
      all: [
        {
          in: ["symptom"],
          text: /\bDirectoryIndex\b|\b(?:no|missing|without(?: an?)?) index\b|directory listing|Options -?\+?Indexes|list(?:ing)? (?:the )?director/i,
        },
      ],
      none: [{ in: ["symptom", "log", "body", "headers", "config"], text: /nginx/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a directory of httpd has the name of a route, or is opened itself",
      all: [
        { in: ["symptom"], text: /\b(?:director(?:y|ies)|folders?)\b/i },
        {
          in: ["symptom", "body", "headers", "log"],
          text: /apache|httpd|You don't have permission to access \/[^\n]{1,200}\/ on this server/i,
        },
      ],
      none: [
        {
          in: ["symptom", "log", "files", "config", "body"],
          text: /permission denied|chmod|chown|\(13|selinux|AH0(?!1276)\d{4}|require|client denied|htaccess|\balias\b|symlink|symbolic|nginx/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "source",
      says: "httpd's translated error page says this of a directory",
      all: [
        {
          in: ["body", "symptom"],
          text: /There is either no index document\s{1,8}or the directory\s{1,8}is read-protected|Entweder ist kein Index-Dokument vorhanden\s{1,8}oder das Verzeichnis|Soit il n'y a pas de document index\s{1,8}soit|of wel geen index document of/i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a directory is asked for, not a file",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:brows\w{1,4}|open\w{0,3}|visit\w{0,3}|navigat\w{1,3}|access\w{0,3}|click\w{0,3}) (?:directly )?(?:to |into |on )?(?:a |the |any |this )?(?:sub-?)?(?:director(?:y|ies)|folders?)\b/i,
        },
        { in: ["symptom", "body", "headers"], text: /apache|httpd|You don(?:'|’)t have permission to access/i },
      ],
      none: [
        {
          in: ["symptom", "body", "log", "config", "files"],
          text: /nginx|AH0(?!1276)\d{4}|permission denied|\(13\)|selinux|Require all denied|denied by server|chmod|symlink|dav\b/i,
        },
      ],
    },
  ],
})
