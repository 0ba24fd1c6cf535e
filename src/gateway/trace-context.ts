const VALID = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/

/**
 * The `traceparent` to send on (W3C Trace Context): the caller's trace with this hop as the parent, or a trace of its own
 * whose id is the decision's, so that one leads to the other.
 */
export function traceparent(received: string | undefined, decision: string): string {
  const hex = decision.replaceAll("-", "")
  const valid = received === undefined ? null : VALID.exec(received)
  const span = hex.slice(16)
  return valid === null ? `00-${hex}-${span}-01` : `00-${valid[1]}-${span}-${valid[2]}`
}

const REQUEST_ID = /^[A-Za-z0-9._:+/=-]{1,128}$/

/** The caller's request id where it is one that cannot hurt a log, else the decision's id. */
export const requestId = (received: string | undefined, decision: string): string =>
  received !== undefined && REQUEST_ID.test(received) ? received : decision
