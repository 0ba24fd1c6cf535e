import { foreignCause } from "../cause.ts"

export const nginxEaccesServiceSandbox = foreignCause({
  code: "nginx/eacces-service-sandbox",
  emitter: "nginx",
  title: "The service nginx runs in is kept from the directory, though its modes are right",
  why: "systemd can hide or close directories for one service (`ProtectHome`, `InaccessiblePaths`, `ReadOnlyPaths`, `PrivateTmp`), and snap and AppArmor do the same. The worker is then refused although its user may read the file from a shell.",
  fix: [
    {
      by: "operator",
      does: "Serve the files from a directory the service may read, such as /var/www or /srv",
      admits: "the web server alone",
    },
    {
      by: "operator",
      does: "Open the one directory in an override of the unit with `BindReadOnlyPaths=`, or set `ProtectHome=read-only`",
      admits: "the web server, to read that directory",
    },
  ],
  unwise: ["Turning the unit's protections off altogether: a fault in the server then reaches every file its user can"],
  ask: {
    question:
      "What do `systemctl show -p ProtectHome,PrivateTmp,InaccessiblePaths nginx` and a read as the worker's user from a shell say?",
    why: "If the user may read from a shell and nginx may not, its service is kept from it.",
  },
  sources: [
    "https://github.com/NixOS/nixpkgs/issues/115208",
    "https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ProtectHome=",
  ],
  clues: [
    {
      weight: "strong",
      basis: "case",
      says: "the operating system refuses nginx where the modes and the owner are told to be right",
      all: [
        { in: ["log", "symptom"], text: /\(13: Permission denied\)/i },
        {
          in: ["symptom", "files"],
          text: /(?:although|even though|despite|already|correct|right|all)\b[^\n]{0,60}\b(?:7[57]5|777|644|owned|owner|permissions?)|owner = nginx user|\b7[57]5\b[^\n]{0,80}\bowned? by\b[^\n]{0,30}\b(?:nginx|www-data)/i,
        },
      ],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "the unit closes directories for its service",
      all: [
        {
          in: ["config", "symptom", "log"],
          text: /\bProtectHome\b|\bInaccessiblePaths\b|\bPrivateTmp\b|\bReadWritePaths\b|\bProtectSystem\b/i,
        },
        { in: ["config", "symptom", "log"], text: /nginx/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "nginx is run by NixOS, whose unit hides home directories",
      all: [
        { in: ["config", "symptom"], text: /\bservices\.nginx\b|\bnixos\b/i },
        { in: ["log", "symptom"], text: /permission denied|nginx/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "the modes are right, and nginx may not open the files",
      all: [
        {
          in: ["symptom", "files"],
          text: /\b(?:although|even though|though|despite|already|but)\b[^\n]{0,60}\b(?:7[57][57]|6[46]4|chmod|owned|owner|permissions?|rights)\b/i,
        },
        { in: ["symptom", "log"], text: /permission denied|\(13/i },
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /\bnginx\b/i },
      ],
      none: [
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /selinux|\bhome\b|\/root\/|docker/i },
      ],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a unit of systemd keeps nginx out of homes and other parts",
      all: [
        { in: ["symptom", "config", "log"], text: /\bsystemd\b|\bunit file\b/i },
        { in: ["symptom", "request", "headers", "body", "log", "config"], text: /\bnginx\b/i },
        { in: ["symptom", "log"], text: /\bcannot (?:read|open|see|access)\b|permission denied|\/home\b/i },
      ],
    },
    {
      weight: "strong",
      basis: "case",
      says: "what nginx's user can do by hand, the service cannot",
      all: [
        {
          in: ["symptom"],
          text: /\bsudo -u \S{1,30}|\b(?:by hand|manually|shell|logged in|running \w{1,20} (?:with|by)|su) (?:as|to) (?:the )?[`'"]?(?:nginx|www-data|apache|http|caddy|web)|\bas (?:the )?[`'"]?(?:nginx|www-data|apache|http|caddy)[`'"]?(?: user)?[^\n]{0,30}\b(?:can(?! ?not|'t)|works?|succeeds?)\b|\bshell as\b|\b(?:works?|runs?|served|fine) (?:when )?(?:run )?(?:by hand|from (?:the |a )?(?:shell|terminal|command line))|\bnot (?:as|by) (?:a )?(?:service|systemd)|\brun as (?:a )?service\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:can(?! ?not|'t)|succeed(?:s|ed)?|success\w*|completes?d?|works?|fine|reads? (?:it|them)|accessible|ok|no (?:problem|issue|trouble))\b/i,
        },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /nginx/i },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /selinux|docker/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "an update of the system closed homes to nginx",
      all: [
        { in: ["symptom"], text: /\b(?:upgrad|updat)\w{1,4}\b|\bsince\b/i },
        { in: ["symptom"], text: /\bhome\b|\/home\//i },
        { in: ["symptom", "config", "log", "request", "body", "headers"], text: /nginx/i },
      ],
      none: [
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /selinux|docker|ubuntu|chmod o?\+x helps|0?750/i,
        },
      ],
    },
  ],
})
