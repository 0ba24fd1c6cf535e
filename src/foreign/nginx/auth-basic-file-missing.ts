import type { Exhibits } from "../../exhibits/exhibits.ts"
import { joined } from "../../exhibits/logs/joined.ts"
import { foreignCause } from "../cause.ts"
import type { Sight } from "../clue.ts"

/** A missing file is answered 404 everywhere else, so a request with this line and 403 had a missing password file. */
const missingAnd403 = {
  see({ events }: Exhibits): Sight | undefined {
    const told = events.filter((it) => isMissing(it.message) || it.status === 403)
    for (const lines of joined(told)) {
      const missing = lines.find((it) => it.format === "nginx-error" && isMissing(it.message))
      if (missing !== undefined && lines.some((it) => it.format !== "nginx-error" && it.status === 403))
        return { from: missing.from, quote: missing.line }
    }
    return undefined
  },
}

const isMissing = (message: string): boolean => /open\(\) "[^"\n]{1,1000}" failed \(2: /.test(message)

export const nginxAuthBasicFileMissing = foreignCause({
  code: "nginx/auth-basic-file-missing",
  emitter: "nginx",
  title: "The password file of nginx is not there",
  why: "Without credentials nginx asks for a password with 401. With credentials it opens the file that `auth_basic_user_file` names, and refuses everyone with 403 where that file does not exist. A file that exists and cannot be read is answered 500.",
  fix: [
    {
      by: "operator",
      does: "Create the file that `auth_basic_user_file` names, with one line per user, where nginx looks for it",
      admits: "the users written into it",
    },
    {
      by: "operator",
      does: "Correct the path: one without a leading slash is taken from the directory of nginx.conf",
      admits: "the users in that file",
    },
  ],
  unwise: ["Setting `auth_basic off`: everyone who can reach the port is let in"],
  ask: {
    question: "Does the request without credentials get 401, and with any credentials 403?",
    why: "Only a missing password file does that.",
  },
  sources: [
    "https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_auth_basic_module.c",
    "https://nginx.org/en/docs/http/ngx_http_auth_basic_module.html",
  ],
  clues: [
    {
      weight: "proof",
      basis: "observed",
      says: "nginx could not find the password file",
      all: [
        {
          in: ["log", "symptom"],
          text: /open\(\) "[^"\n]{0,300}(?:passwd|password|htusers|\.auth)[^"\n]{0,60}" failed \(2: No such file/i,
        },
      ],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "a file is missing and the request was answered 403, where only a missing password file is",
      all: [missingAnd403],
    },
    {
      weight: "strong",
      basis: "observed",
      says: "the file that `auth_basic_user_file` names is looked for, and one was not found",
      all: [
        { in: ["config"], text: /\bauth_basic_user_file\b/i },
        { in: ["log"], text: /open\(\) "[^"\n]{1,300}" failed \(2: No such file/i },
      ],
    },
    {
      weight: "fair",
      basis: "documented",
      says: "nginx asks for a password here",
      all: [{ in: ["config", "symptom"], text: /\bauth_basic(?:_user_file)?\b/i }],
    },
    {
      weight: "fair",
      basis: "case",
      says: "it happens with basic authentication, after the password is given",
      all: [{ in: ["symptom"], text: /(?:basic auth|htpasswd)/i }],
      none: [{ in: ["symptom", "log", "config"], text: /apache|httpd|AH0\d{4}/i }],
    },
  ],
})
