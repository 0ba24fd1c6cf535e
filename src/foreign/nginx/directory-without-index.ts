import { foreignCause } from "../cause.ts"

export const nginxDirectoryWithoutIndex = foreignCause({
  code: "nginx/directory-without-index",
  emitter: "nginx",
  title: "The URL names a directory in which nginx finds no index file, and listings are off",
  isNoMatterOfRights: true,
  why: "For a URL that ends in a slash nginx looks for the files that `index` names. Where none exists and `autoindex` is off it answers 403, whoever asks: the directory is there, and nothing in it may be shown.",
  fix: [
    {
      by: "operator",
      does: "Put the index file there, or name the one that is there in `index`",
      admits: "everyone, to that file",
    },
    { by: "caller", does: "Ask for a file in the directory by its name", admits: "nobody else" },
    {
      by: "operator",
      does: "Set `autoindex on` for this location alone, where the names of all files in it may be seen",
      admits: "everyone, to the list of all files there",
    },
  ],
  unwise: [
    "Setting `autoindex on` for the whole server: every directory can be listed by everyone",
    "chmod 777: the modes are not the reason, and everyone could write",
  ],
  ask: {
    question: "Which files are in the directory the error line names, and what does `index` say for this location?",
    why: "nginx refuses only where none of the names in `index` is in it.",
  },
  sources: [
    "https://github.com/nginx/nginx/blob/master/src/http/ngx_http_core_module.c",
    "https://nginx.org/en/docs/http/ngx_http_index_module.html",
    "https://nginx.org/en/docs/http/ngx_http_autoindex_module.html",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "nginx writes this where a directory has no index file and may not be listed",
      all: [{ in: ["log", "symptom", "body"], text: /directory index of "[^"\n]{1,400}" is forbidden/i }],
    },
    {
      weight: "fair",
      basis: "source",
      says: "the directory is one below the root, and no `try_files` is known",
      all: [
        {
          in: ["log"],
          text: /directory index of "[^"\n]{1,400}" is forbidden[^\n]{0,300}request: "[A-Z]{3,8} \/[^ ?\n"]{1,300}/,
        },
      ],
      none: [{ in: ["config"], text: /try_files[^\n;]{0,200}\$uri\// }],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "it is about a directory that is to be listed",
      all: [
        {
          in: ["symptom", "config"],
          text: /autoindex|directory listing|list (?:the )?(?:files|directory)|browse (?:the )?(?:files|directory)/i,
        },
      ],
      none: [{ in: ["log", "symptom", "config"], text: /apache|httpd|AH0\d{4}|Options/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a directory is forbidden, and nobody speaks of rights on files",
      all: [
        { in: ["symptom"], text: /\b(?:director(?:y|ies)|(?:sub-?)?folders?)\b/i },
        { in: ["symptom", "body", "log", "headers", "config"], text: /nginx/i },
      ],
      none: [
        { in: ["config"], text: /try_files[^\n;]{0,200}\$uri\// },
        {
          in: ["symptom", "log", "files"],
          text: /permission|chmod|chown|umask|files? (?:in|of)|\(13|selinux|access forbidden by rule|try_files|\bhome\b|static|css|front controller|\b301\b|index\.php|\broutes?\b/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "index.html is said to be missing",
      all: [{ in: ["symptom"], text: /\b(?:no|missing|without(?: an?)?) index(?:\.\w{3,4})?\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "other pages work, so the root is right and only its index file is not named",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:other|sub-?)\s?(?:pages?|urls?|routes?|paths?)\b[^\n]{0,40}\b(?:works?|fine|ok|load)|\/[\w-]{2,40}\/? (?:page )?(?:works?|loads?)\b|\b(?:only|except|just) (?:the )?(?:home|front|root|main|start|index)\b/i,
        },
        { in: ["log", "symptom", "body"], text: /directory index of "[^"\n]{1,400}" is forbidden/i },
      ],
      none: [{ in: ["config"], text: /try_files[^\n;]{0,200}\$uri\// }],
    },
  ],
})
