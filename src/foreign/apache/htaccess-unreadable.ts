import { foreignCause } from "../cause.ts"

export const apacheHtaccessUnreadable = foreignCause({
  code: "apache/htaccess-unreadable",
  emitter: "apache",
  title: "Apache httpd cannot read a .htaccess, and denies to be safe",
  why: "A .htaccess may hold denials. One that cannot be looked for or read, because of its own mode or that of its directory, makes httpd refuse all below it. It is looked for in every directory on the way where `AllowOverride` is not None.",
  fix: [
    {
      by: "operator",
      does: "Give httpd's user the right to search the directory that the error line names: `setfacl -m u:www-data:x`",
      admits: "httpd's user, to pass through that directory",
    },
    {
      by: "operator",
      does: "Give httpd's user the right to read the .htaccess, where that is what is missing",
      admits: "httpd's user",
    },
  ],
  unwise: [
    "`AllowOverride None` to be rid of the message: denials written in .htaccess no longer count",
    "chmod 777: everyone on the host can write it",
  ],
  ask: {
    question: "Does `namei -l` on the .htaccess that the error line names show a directory without x for httpd's user?",
    why: "The line is the same for the directory and for the file.",
  },
  sources: ["https://github.com/apache/httpd/blob/trunk/server/config.c", "https://github.com/outroll/vesta/pull/910"],
  clues: [
    {
      weight: "proof",
      basis: "source",
      says: "httpd writes this where it cannot read a .htaccess",
      all: [{ in: ["log", "symptom", "body"], text: /AH00529|unable to check htaccess file|pcfg_openfile/i }],
    },
    {
      weight: "proof",
      basis: "source",
      says: "httpd's page says that it could not read a .htaccess",
      all: [{ in: ["body", "symptom", "log"], text: /unable to read htaccess file, denying access to be safe/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "a .htaccess that cannot be read is told",
      all: [
        {
          in: ["symptom", "files"],
          text: /(?:read|permission)[^\n]{0,60}\.?htaccess|\.htaccess[^\n]{0,60}(?:unreadable|not readable|permission)|^-(?:rw-------|rw-r-----)[^\n]{0,80}\.htaccess/im,
        },
      ],
      none: [{ in: ["symptom"], text: /deny|rewrite/i }],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "the listing shows a .htaccess that others may not read",
      all: [{ in: ["files", "symptom"], text: /^\s{0,4}-[rwx-]{6}-[w-][x-][^\n]{0,80}\.htaccess/m }],
    },
  ],
})
