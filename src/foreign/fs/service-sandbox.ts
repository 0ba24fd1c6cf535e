import { foreignCause } from "../cause.ts"

export const fsServiceSandbox = foreignCause({
  code: "fs/service-sandbox",
  emitter: "filesystem",
  title: "The server runs in a sandbox that closes the directory to it",
  why: "Limits of a service (systemd's `ProtectHome`, `PrivateTmp`, `ReadWritePaths`), a profile of AppArmor, snap or a container's mounts come on top of modes: owner and mode are right, a shell of the same user can read, and the service cannot.",
  fix: [
    {
      by: "operator",
      does: "Move the files to a directory the service may use, such as /var/www or /srv",
      admits: "the server alone",
    },
    {
      by: "operator",
      does: "Open the one path: `BindReadOnlyPaths=` or `ReadWritePaths=` in an override of the unit, or one rule in the AppArmor profile",
      admits: "the server, to that path",
    },
  ],
  unwise: [
    "Turning AppArmor or the unit's protections off: a fault in the server then reaches every file its user can",
  ],
  ask: {
    question: "Can the server's user read the file from a shell (`sudo -u www-data cat`), while the service cannot?",
    why: "Then it is the service that is limited, not the user.",
  },
  sources: [
    "https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Sandboxing",
    "https://gitlab.com/apparmor/apparmor/-/wikis/AppArmor_Failures",
    "https://snapcraft.io/docs/home-outside-home",
  ],
  clues: [
    {
      weight: "proof",
      basis: "documented",
      says: "AppArmor wrote that it denied the file",
      all: [{ in: ["log", "symptom"], text: /apparmor="DENIED"/i }],
    },
    {
      weight: "proof",
      basis: "documented",
      says: "a limit of the service is spoken of",
      all: [
        {
          in: ["config", "symptom", "log"],
          text: /\bProtectHome\b|\bProtectSystem\b|\bPrivateTmp\b|\bReadWritePaths\b|\bReadOnlyPaths\b|\bInaccessiblePaths\b|\bapparmor\b|\bsnap(?:d|craft)?\b[^\n]{0,40}\b(?:confin|nginx|caddy|apache|nextcloud)/i,
        },
      ],
    },
    {
      weight: "slight",
      basis: "documented",
      says: "a file below /tmp is refused, which a service often has a private copy of",
      all: [{ in: ["log"], text: /"\/(?:var\/)?tmp\/[^"\n]{1,300}"[^\n]{0,40}\(13/ }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a unit of systemd or a snap keeps the server out of homes and other parts",
      all: [
        { in: ["symptom", "config", "log"], text: /\bsystemd\b|\bsnap\b|\bunit file\b|\bapparmor\b/i },
        {
          in: ["symptom", "log"],
          text: /\bcannot (?:read|open|see|access)\b|permission denied|not (?:readable|accessible)|\b\/home\b/i,
        },
      ],
      none: [{ in: ["symptom", "request", "headers", "body", "log", "config"], text: /nginx|cookie/i }],
    },
    {
      weight: "strong",
      basis: "case",
      says: "what the server's user can do by hand, the service cannot",
      all: [
        {
          in: ["symptom"],
          text: /\bsudo -u \S{1,30}|\b(?:by hand|manually|shell|logged in|running \w{1,20} (?:with|by)|su) (?:as|to) (?:the )?[`'"]?(?:nginx|www-data|apache|http|caddy|web)|\bas (?:the )?[`'"]?(?:nginx|www-data|apache|http|caddy)[`'"]?(?: user)?[^\n]{0,30}\b(?:can(?! ?not|'t)|works?|succeeds?)\b|\bshell as\b|\b(?:works?|runs?|served|fine) (?:when )?(?:run )?(?:by hand|from (?:the |a )?(?:shell|terminal|command line))|\bnot (?:as|by) (?:a )?(?:service|systemd)|\brun as (?:a )?service\b/i,
        },
        {
          in: ["symptom"],
          text: /\b(?:can(?! ?not|'t)|succeed(?:s|ed)?|success\w*|completes?d?|works?|fine|reads? (?:it|them)|accessible|ok|no (?:problem|issue|trouble))\b/i,
        },
        {
          in: ["symptom", "config", "log", "request", "body", "headers"],
          text: /\/home\b|\bhome\b|systemd|\bservice\b|\bunit\b|\/root\b|\/tmp\b/i,
        },
      ],
      none: [{ in: ["symptom", "config", "log", "request", "body", "headers"], text: /nginx|selinux/i }],
    },
  ],
})
