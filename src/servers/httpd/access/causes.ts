import type { RefusalStatus } from "../../../decision/cause.ts"
import { foreignCause } from "../../../foreign/cause.ts"

/** Why httpd answers with another status than 403: beside the causes of `foreign/`, as nobody looks for these by a 403. */
function other(code: `apache/${string}`, status: RefusalStatus, title: string, why: string, does: string) {
  return foreignCause({
    code,
    status,
    emitter: "apache",
    title,
    why,
    fix: [{ by: "operator", does, admits: "nobody else" }],
    sources: ["https://github.com/apache/httpd/blob/2.4.x/server/request.c"],
    clues: [],
  })
}

export const apacheHtaccessInvalid = other(
  "apache/htaccess-invalid",
  500,
  "A line of .htaccess is not read by Apache httpd",
  "A directive that AllowOverride does not allow, or that httpd does not know, ends every request below that directory.",
  "Take the line out, or allow its class with AllowOverride",
)
export const apacheNotFound = other(
  "apache/not-found",
  404,
  "Apache httpd finds no file for the path",
  "The path leads to a file that is not there.",
  "Put the file there, or map the path elsewhere",
)
export const apacheMethodNotAllowed = other(
  "apache/method-not-allowed",
  405,
  "No handler of Apache httpd takes the method for this path",
  "Plain files are read only; other methods need a program or another server behind the path.",
  "Hand the path to the program that takes the method",
)
export const apacheMethodUnknown = other(
  "apache/method-unknown",
  501,
  "Apache httpd does not know the method",
  "A method that no module registered is answered by nobody.",
  "Register the method with RegisterHttpMethod, or use another",
)
export const apacheBadRequest = other(
  "apache/bad-request",
  400,
  "Apache httpd cannot read the path of the request",
  "An escape without two hexadecimal digits, or a path above the root, names no file.",
  "Send the path encoded as RFC 3986 asks",
)
export const apacheCredentialsNeeded = other(
  "apache/credentials-needed",
  401,
  "Apache httpd asks who is there",
  "The path is for users of a password file, and the request names none.",
  "Send credentials of a user of the password file",
)
export const apacheCredentialsWrong = other(
  "apache/credentials-wrong",
  401,
  "The password file of Apache httpd does not hold these credentials",
  "The user is not in the password file, or the password is another.",
  "Send the right credentials, or set them with htpasswd",
)
export const apacheAuthenticationBroken = other(
  "apache/authentication-broken",
  500,
  "Apache httpd is to ask for credentials and is not told how",
  "A user is required, and AuthType, AuthName or the password file is missing.",
  "Complete AuthType, AuthName and AuthUserFile",
)
export const apacheBodyTooLarge = other(
  "apache/body-too-large",
  413,
  "The body is larger than LimitRequestBody of Apache httpd allows",
  "A limit on bodies keeps them from filling memory or disk.",
  "Raise LimitRequestBody for this path",
)
export const apacheRewriteLoop = other(
  "apache/rewrite-loop",
  500,
  "Rules of Apache httpd lead in a circle",
  "Each round begins a request inside the server, and ten of them end it.",
  "End the rules with a condition that no longer holds after the first round",
)
