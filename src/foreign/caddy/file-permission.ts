import { foreignCause } from "../cause.ts"

export const caddyFilePermission = foreignCause({
  code: "caddy/file-permission",
  emitter: "caddy",
  title: "Caddy may not read the file or a directory above it",
  why: "Caddy runs as a user of its own (caddy) and needs the right to search each directory on the way and to read the file; its unit also limits home directories. It answers 403 with an empty body.",
  fix: [
    {
      by: "operator",
      does: "Find the first directory without x for the user caddy with `namei -l`, and add it: `setfacl -m u:caddy:x`",
      admits: "the user caddy, to pass through that directory",
    },
    {
      by: "operator",
      does: "Put the site below /var/www or /srv, readable for the user caddy",
      admits: "the user caddy, to the site's files",
    },
  ],
  unwise: [
    "chmod -R 777: everyone on the host can write the site",
    "Running Caddy as root: every file of the host can be served",
  ],
  ask: {
    question: "As which user does Caddy run, and what does `namei -l` say for the path?",
    why: "The first part of the path that refuses that user is the cause.",
  },
  sources: [
    "https://github.com/caddyserver/caddy/blob/master/modules/caddyhttp/fileserver/staticfiles.go",
    "https://caddyserver.com/docs/running#using-the-service",
  ],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "Caddy's file server was refused by the operating system",
      all: [
        {
          in: ["log", "symptom"],
          text: /HTTP 403: [^\n"]{0,40}(?:open|stat|lstat) [^\n"]{1,300}: permission denied|fileserver\.\(\*FileServer\)[^\n]{0,200}\b403\b/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "documented",
      says: "Caddy serves files, and rights on them are missing",
      all: [
        { in: ["symptom", "log", "headers", "config"], text: /\bcaddy(?:file)?\b/i },
        {
          in: ["symptom", "log", "config", "files"],
          text: /permission denied|file_server|\bchmod\b|\bchown\b|permissions?\b|\/home\/|\/root\//i,
        },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "the answer is Caddy's",
      all: [{ in: ["headers", "symptom", "config"], text: /server: ?caddy|\bcaddyfile\b|\bcaddy\b/i }],
      none: [{ in: ["symptom", "config", "log"], text: /reverse_proxy|coraza|crowdsec|forward_auth/i }],
    },
    {
      weight: "against",
      basis: "case",
      says: "the server's own user reaches the file by hand, so no mode refuses",
      all: [
        {
          in: ["symptom"],
          text: /\bsudo -u \S{1,30}|\b(?:by hand|manually|shell|logged in|running \w{1,20} (?:with|by)|su) (?:as|to) (?:the )?[`'"]?(?:nginx|www-data|apache|http|caddy|web)|\bas (?:the )?[`'"]?(?:nginx|www-data|apache|http|caddy)[`'"]?(?: user)?[^\n]{0,30}\b(?:can(?! ?not|'t)|works?|succeeds?)\b|\bshell as\b|\b(?:works?|runs?|served|fine) (?:when )?(?:run )?(?:by hand|from (?:the |a )?(?:shell|terminal|command line))|\bnot (?:as|by) (?:a )?(?:service|systemd)|\brun as (?:a )?service\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:can(?! ?not|'t)|succeed(?:s|ed)?|success\w*|completes?d?|works?|fine|reads? (?:it|them)|accessible|ok|no (?:problem|issue|trouble))\b/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "source",
      says: "Caddy's log names a file it may not open, and answers 403",
      all: [
        {
          in: ["log", "symptom"],
          text: /(?:open|stat|lstat) [^"\n]{1,300}: permission denied"[^\n]{0,80}"status":\s?403|\bmapDirOpenError\b|fileserver\.\(\*FileServer\)/,
        },
      ],
    },
  ],
})
