/** Hosts that are this machine, whatever DNS says. */
const LOCAL = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

/**
 * Whether a page of this origin may ask: one of the gateway's own site, or one that was allowed. A name that somebody made
 * point at this machine is the host of the request as well as of the page, so that on a local address only names of this
 * machine count as the gateway's own (DNS rebinding).
 */
export function mayAsk(origin: string, host: string, isLocal: boolean, allowed: readonly string[]): boolean {
  if (allowed.includes("*")) return true
  const sent = normal(origin)
  if (sent === undefined) return false
  if (allowed.some((it) => normal(it) === sent)) return true
  const authority = new URL(sent).host
  return authority === host.toLowerCase() && (!isLocal || LOCAL.test(authority))
}

function normal(origin: string): string | undefined {
  try {
    const url = new URL(origin)
    return url.origin === "null" ? undefined : url.origin
  } catch {
    return undefined
  }
}

/** Whether a gateway that listens there can only be asked by this machine, or on its behalf. */
export const isLocal = (hostname: string): boolean => LOCAL.test(hostname.includes(":") ? `[${hostname}]` : hostname)
