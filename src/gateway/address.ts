import type { Fields } from "../http/fields.ts"

/**
 * The caller's address, as far as trusted proxies tell it.
 *
 * From the right, as only the rightmost entry was written by the peer: the first that is no trusted proxy is the caller
 * (RFC 7239 §8.1 on why the rest cannot be believed). An entry that is no address ends the walk.
 */
export function callerAddress(peer: string, fields: Fields, trusts: (address: string) => boolean): string {
  if (!trusts(peer)) return peer
  const hops = forwardedFor(fields)
  let address = peer
  for (let i = hops.length - 1; i >= 0; i--) {
    const hop = hops[i]
    if (hop === undefined) return address
    address = hop
    if (!trusts(hop)) return address
  }
  return address
}

/** Addresses in the order the proxies added them; `Forwarded` (RFC 7239) before the older field. Undefined where one is hidden. */
function forwardedFor(fields: Fields): readonly (string | undefined)[] {
  const standard = fields.all("forwarded")
  if (standard.length > 0)
    return standard
      .join(",")
      .split(",")
      .map((hop) => addressIn(/(?:^|;)\s*for=("[^"]*"|[^;\s]*)/i.exec(hop)?.[1] ?? ""))
  return fields.all("x-forwarded-for").join(",").split(",").map(addressIn)
}

/** `192.0.2.1`, `192.0.2.1:4711`, `"[2001:db8::1]:4711"`, `2001:db8::1`. */
function addressIn(text: string): string | undefined {
  const bare = text.trim().replace(/^"|"$/g, "")
  const bracketed = /^\[([0-9a-fA-F:.]+)\](?::\d+)?$/.exec(bare)
  if (bracketed !== null) return bracketed[1]
  const v4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/.exec(bare)
  if (v4 !== null) return v4[1]
  return /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/.test(bare) ? bare : undefined
}
