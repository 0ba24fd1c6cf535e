import { foreignCause } from "../cause.ts"

export const nginxTryFilesDirNoIndex = foreignCause({
  code: "nginx/try-files-dir-no-index",
  emitter: "nginx",
  title: "`try_files` of nginx stops at a directory, which has no index file",
  isNoMatterOfRights: true,
  why: "`$uri/` in `try_files` holds wherever a directory of that name exists. nginx then looks for an index file in it, finds none and refuses; the front controller named last is never asked.",
  fix: [
    {
      by: "operator",
      does: "Take `$uri/` out of `try_files`, or put `$uri/index.html` or `$uri/index.php` in its place",
      admits: "everyone, to what the application answers there",
    },
    {
      by: "operator",
      does: "Add `index index.php index.html` with the name of the front page that is there",
      admits: "everyone, to that file",
    },
  ],
  unwise: ["Setting `autoindex on`: everyone can list the directories of the application"],
  ask: {
    question: "Is there a directory with the name of the URL's path below `root`?",
    why: "`try_files $uri/` chooses a directory over the application wherever one exists.",
  },
  sources: [
    "https://nginx.org/en/docs/http/ngx_http_core_module.html#try_files",
    "https://github.com/concretecms/concretecms/pull/12131",
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_try_files_module.c",
  ],
  clues: [
    {
      weight: "fair",
      basis: "documented",
      says: "`try_files` ends at a directory where one of that name exists",
      all: [{ in: ["config", "symptom"], text: /try_files[^\n;]{0,200}\$uri\// }],
      none: [{ in: ["log"], text: /access forbidden by rule|\(13: Permission denied\)/ }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the URL is below the root, where `try_files` may have met a directory",
      all: [
        {
          in: ["log", "request", "symptom"],
          text: /(?:GET|HEAD|POST) \/[^ ?\n"]{1,300}|https?:\/\/[^/\s]{1,100}\/[^ ?\n"]{1,300}/,
        },
        { in: ["config"], text: /try_files[^\n;]{0,200}\$uri\// },
      ],
      none: [{ in: ["log"], text: /access forbidden by rule|\(13: Permission denied\)/ }],
    },
    {
      weight: "strong",
      basis: "source",
      says: "nginx fell into a directory without an index file",
      all: [
        { in: ["log", "symptom", "body"], text: /directory index of "[^"\n]{1,400}" is forbidden/i },
        { in: ["config", "symptom"], text: "try_files" },
      ],
    },
    {
      weight: "fair",
      basis: "source",
      says: "nginx fell into a directory below the root",
      all: [
        {
          in: ["log"],
          text: /directory index of "[^"\n]{1,400}" is forbidden[^\n]{0,300}request: "[A-Z]{3,8} \/[^ ?\n"]{1,300}/,
        },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "a route with the name of a directory is refused, and others work",
      all: [
        {
          in: ["symptom"],
          text: /\b(?:director(?:y|ies)|folders?)\b[^\n]{0,80}\b(?:route|front controller|index\.php|slash|301|redirect|same name)|try_files|\b301\b[^\n]{0,20}403/i,
        },
      ],
      none: [{ in: ["symptom", "headers", "log", "body"], text: /apache|httpd|passenger|AH0\d{4}/i }],
    },
  ],
})
