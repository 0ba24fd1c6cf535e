import type { Fields } from "../http/fields.ts"

const VERSION_00 = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/
/** A later version may say more behind what is known of it; ff is none. */
const LATER = /^(?!00|ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(?:-|$)/

/**
 * The trace to send on (W3C Trace Context), as lines: the caller's with this hop as the parent, or one of its own whose id
 * is the decision's, so that one leads to the other. State belongs to the caller's trace and ends with it.
 */
export function traceLines(fields: Fields, decision: string): string {
  const hex = decision.replaceAll("-", "")
  const span = hex.slice(16)
  const received = onlyValue(fields, "traceparent")
  const valid = received === undefined ? null : (VERSION_00.exec(received) ?? LATER.exec(received))
  if (valid === null) return `Traceparent: 00-${hex}-${span}-01\r\n`
  const states = fields.all("tracestate").map((it) => `Tracestate: ${it}\r\n`)
  return `Traceparent: 00-${valid[1]}-${span}-${valid[2]}\r\n${states.join("")}`
}

/** The value of a field that is given once; of two nobody can say which is meant. */
function onlyValue({ names, values }: Fields, name: string): string | undefined {
  const at = names.indexOf(name)
  return at < 0 || at !== names.lastIndexOf(name) ? undefined : values[at]
}

const REQUEST_ID = /^[A-Za-z0-9._:+/=-]{1,128}$/

/** The caller's request id where it is one that cannot hurt a log, else the decision's id. */
export const requestId = (received: string | undefined, decision: string): string =>
  received !== undefined && REQUEST_ID.test(received) ? received : decision
