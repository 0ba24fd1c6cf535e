import { type Cause, cause } from "../../decision/cause.ts"

/** Why nginx refuses with another status than 403; those of 403 stand in `foreign/nginx` and `foreign/fs`. */
const ownCause = (code: Cause["code"], status: Cause["status"], title: string, does: string): Cause =>
  cause({
    code,
    status,
    title,
    explain: (evidence) => `${title}: ${evidence.map((it) => `${it.fact}: ${it.said}`).join("; ")}.`,
    fix: [{ by: "operator", does }],
  })

export const nginxBadRequest = ownCause(
  "nginx/bad-request",
  400,
  "nginx does not take this for a request",
  "Have the client send what the protocol asks for",
)
export const nginxUnauthorized = ownCause(
  "nginx/unauthorized",
  401,
  "nginx asks for a name and a password",
  "Send the credentials of a user in the password file",
)
export const nginxNotFound = ownCause(
  "nginx/not-found",
  404,
  "nginx finds nothing at the path",
  "Put the file where `root` or `alias` makes nginx look, or correct these",
)
export const nginxMethodNotAllowed = ownCause(
  "nginx/method-not-allowed",
  405,
  "nginx does not do this method on a file",
  "Pass the path on to a program that does it",
)
export const nginxBodyTooLarge = ownCause(
  "nginx/body-too-large",
  413,
  "The body is longer than nginx takes",
  "Raise `client_max_body_size` in this block",
)
export const nginxReturn = ownCause(
  "nginx/return",
  404,
  "A rule of nginx answers with an error by itself",
  "Narrow the rule, so that it no longer fits this request",
)
export const nginxServerFault = ownCause(
  "nginx/server-fault",
  500,
  "nginx cannot do what its configuration says",
  "Correct the line that is named",
)
