import type { WafCode } from "./finding.ts"
import type { Engine } from "./message.ts"

/** What a rule of the Core Rule Set objects to, where that is no attack but a matter of policy. */
const POLICY: ReadonlyMap<number, WafCode> = new Map([
  [911100, "waf/crs/method"],
  [920340, "waf/crs/content-type"],
  [920420, "waf/crs/content-type"],
  [920480, "waf/crs/content-type"],
  [920280, "waf/crs/host-ip-or-empty-ua"],
  [920290, "waf/crs/host-ip-or-empty-ua"],
  [920320, "waf/crs/host-ip-or-empty-ua"],
  [920330, "waf/crs/host-ip-or-empty-ua"],
  [920350, "waf/crs/host-ip-or-empty-ua"],
])

/** Of modsecurity.conf-recommended: the body could not be read, so nothing in it could be inspected. */
const BODY_RULES = new Set([200002, 200003, 200004, 920120, 920130])

/** The cause a rule that added to the score speaks for. */
export function scoredCode(rule: number, engine: Engine | undefined): WafCode {
  return POLICY.get(rule) ?? (engine === "coraza" ? "waf/coraza/rule-match" : "waf/modsecurity/crs-false-positive")
}

/** The cause a rule that refused by itself speaks for. */
export function deniedCode(rule: number, engine: Engine | undefined): WafCode {
  if (BODY_RULES.has(rule)) return "waf/crs/body-parser-error"
  return POLICY.get(rule) ?? (engine === "coraza" ? "waf/coraza/rule-match" : "waf/modsecurity/rule-match")
}

/** What who sends the request can do about it, where it is theirs; undefined for what they mean to send. */
export function callersFix(rule: number): { readonly change: string; readonly admits: string } | undefined {
  const change = CALLERS.get(rule)
  return change === undefined ? undefined : { change, admits: "nobody else" }
}

const CALLERS: ReadonlyMap<number, string> = new Map([
  [911100, "Send the request with a method that the deployment allows, if the operation has one."],
  [920280, "Send a Host header with the name of the deployment."],
  [920290, "Send a Host header that is not empty."],
  [920320, "Send a User-Agent header that names the program."],
  [920330, "Send a User-Agent header that is not empty."],
  [920340, "Send a Content-Type header that says what the body is."],
  [920350, "Ask for the deployment by its name and not by its address, so that Host holds the name."],
  [920420, "Send the body as a type the deployment takes, such as application/json, with the Content-Type to match."],
  [200002, "Send a body that is what its Content-Type says: the sentence in the line tells where it is not."],
  [200003, "Send the multipart body as RFC 7578 has it: the flags in the line tell what is wrong."],
  [200004, "Send the multipart body with one boundary, the one its Content-Type names."],
])
