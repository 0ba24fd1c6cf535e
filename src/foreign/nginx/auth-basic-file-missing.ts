import { foreignCause } from "../cause.ts"

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
