import { foreignCause } from "../cause.ts"

export const nginxEacces = foreignCause({
  code: "nginx/eacces",
  emitter: "nginx",
  title: "The operating system does not let nginx's worker open the file",
  why: "The worker runs as a user of its own (www-data, nginx, nobody). It needs the right to search every directory on the way and to read the file; SELinux, AppArmor and the limits of the service count too. nginx tells all of them by the same line.",
  fix: [
    {
      by: "operator",
      does: "Look at each part of the path with `namei -l`, and give the worker the one right that is missing",
      admits: "the worker's user, and whoever that bit is for",
    },
    {
      by: "operator",
      does: "Give the worker's user alone the right with `setfacl -m u:www-data:rX`",
      admits: "the worker's user",
    },
  ],
  unwise: [
    "chmod -R 777: everyone on the host can write the site",
    "Running the workers as root: every file of the host can be served",
  ],
  ask: {
    question: "What does `namei -l` say for the path in the error line, and as which user do the workers run?",
    why: "It shows the first part of the path that refuses that user, or that none does.",
  },
  sources: [
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_static_module.c",
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_index_module.c",
    "https://nginx.org/en/docs/ngx_core_module.html#user",
  ],
  clues: [
    {
      weight: "strong",
      basis: "source",
      says: "nginx was refused by the operating system",
      all: [
        { in: ["log", "symptom", "body"], text: /"[^"\n]{1,400}" (?:failed|is forbidden) \(13: Permission denied\)/i },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "nginx and missing rights on files are spoken of",
      all: [
        { in: ["symptom"], text: /permission denied|\bchmod\b|\bchown\b|file permissions/i },
        { in: ["symptom", "log", "body", "headers", "config"], text: /nginx/i },
      ],
    },
    {
      weight: "rules-out",
      basis: "source",
      says: "the kernel names its policy as what refused",
      all: [{ in: ["log"], text: /avc:[ ]{1,2}denied|apparmor="DENIED"/i }],
    },
  ],
})
