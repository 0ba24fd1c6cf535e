import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireTarget = cause({
  code: "wire/target",
  status: 400,
  title: "The request's target is of a form that is not served here",
  why: "The gateway stands before its own services. It is no forward proxy, and opens no tunnels to places that callers choose.",
  explain: ([it]) =>
    `A target is a path, an http or https address, or \`*\` for OPTIONS (RFC 9112, section 3.2).${seen(it)}`,
  fix: [{ by: "caller", does: "Ask for a path that begins with a slash" }],
})
