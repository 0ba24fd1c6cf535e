import { cause } from "../../decision/cause.ts"

export const wireTarget = cause({
  code: "wire/target",
  status: 400,
  title: "The request's target is of a form that is not served here",
  explain: ([it]) =>
    `A target is a path, an http or https address, or \`*\` for OPTIONS (RFC 9112, section 3.2). What came was ${it.observed ?? "another form"}.`,
  fix: [{ by: "caller", does: "Ask for a path; the gateway is no forward proxy and opens no tunnels" }],
})
