import { foreignCause } from "../cause.ts"

export const nginxDisableSymlinks = foreignCause({
  code: "nginx/disable-symlinks",
  emitter: "nginx",
  title: "A symbolic link is on the way to the file, and `disable_symlinks` does not allow it",
  why: "With `disable_symlinks on` nginx opens no link, and with `if_not_owner` only one whose owner is also the target's. Otherwise whoever may write below the root could link to any file the worker can read.",
  fix: [
    {
      by: "operator",
      does: "Give link and target the same owner, and set `disable_symlinks if_not_owner`",
      admits: "everyone, to what the owner of the link owns",
    },
    {
      by: "operator",
      does: "Put the file itself in the place of the link, or serve the target with `alias`",
      admits: "everyone, to that file",
    },
  ],
  unwise: ["Setting `disable_symlinks off` on a host with several owners: each can publish files of others"],
  ask: {
    question: "Does `namei -l` show a link on the path, and whose are link and target?",
    why: "`if_not_owner` refuses only a link whose owner is not the target's.",
  },
  sources: [
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_static_module.c",
    "https://nginx.org/en/docs/http/ngx_http_core_module.html#disable_symlinks",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "nginx writes this where a link may not be followed",
      all: [{ in: ["log", "symptom"], text: /failed \(40: Too many levels|failed \(31: Too many links\)/i }],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "the configuration of nginx forbids links",
      all: [{ in: ["config", "symptom"], text: /\bdisable_symlinks\b(?![ \t]+off)/i }],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "a link is on the path, below nginx",
      all: [
        { in: ["symptom", "files"], text: /\bsymlinks?\b|symbolic link|^l[rwx-]{9}/im },
        { in: ["symptom", "log", "config"], text: /nginx/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a link in nginx's tree is refused",
      all: [
        { in: ["symptom", "files"], text: /\bsym-?links?(?:ed|s)?\b|symbolic(?:ally)? link/i },
        { in: ["symptom", "log", "headers", "body", "config"], text: /\bnginx\b/i },
      ],
      none: [
        {
          in: ["symptom", "request", "headers", "body", "log", "config"],
          text: /\(13|permission|directory index of|apache|FollowSymLinks/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "case",
      says: "a link in nginx's tree, not a directory without an index",
      all: [
        { in: ["symptom"], text: /\bsym-?link(?:s|ed)?\b/i },
        { in: ["symptom"], text: /\bnginx\b/i },
      ],
      none: [
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /\(13|permission|directory index of/i },
      ],
    },
  ],
})
