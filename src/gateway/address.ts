import { isIP } from "node:net"
import type { Fields } from "../http/fields.ts"

/** The address of a caller that cannot be told: it is in no network. The word is RFC 7239's. */
const UNTOLD = "unknown"

/**
 * The caller's address, as far as trusted proxies tell it.
 *
 * `Forwarded` (RFC 7239) and the older field must tell the same: a proxy that writes the one passes on what the caller
 * wrote into the other.
 */
export function callerAddress(peer: string, fields: Fields, trusts: (address: string) => boolean): string {
  if (!trusts(peer)) return peer
  const older = fields.all("x-forwarded-for")
  const standard = fields.all("forwarded")
  const byOlder = older.length === 0 ? undefined : walk(peer, older.join(",").split(",").map(addressIn), trusts)
  if (standard.length === 0) return byOlder ?? peer
  const hops = standardHops(standard.join(","))
  const byStandard = hops === undefined ? UNTOLD : walk(peer, hops, trusts)
  return byOlder === undefined || byOlder === byStandard ? byStandard : UNTOLD
}

/**
 * From the right, as only the rightmost entry was written by the peer: the first that is no trusted proxy is the caller
 * (RFC 7239 §8.1 on why the rest cannot be believed). An entry that is no address ends the walk.
 */
function walk(peer: string, hops: readonly (string | undefined)[], trusts: (address: string) => boolean): string {
  let address = peer
  for (let i = hops.length - 1; i >= 0; i--) {
    const hop = hops[i]
    if (hop === undefined) return address
    address = hop
    if (!trusts(hop)) return address
  }
  return address
}

/** Every quotation mark has its fellow. */
const QUOTED_WELL = /^(?:[^"]|"(?:[^"\\]|\\.)*")*$/
/** What stands between commas, or between semicolons, outside quotation marks. */
const ELEMENT = /(?:[^,"]|"(?:[^"\\]|\\.)*")+/g
const PAIR = /(?:[^;"]|"(?:[^"\\]|\\.)*")+/g

/** Addresses in the order the proxies added them; undefined where one is hidden. Undefined at all where a caller's quotation mark took in what proxies wrote. */
function standardHops(text: string): readonly (string | undefined)[] | undefined {
  if (!QUOTED_WELL.test(text)) return undefined
  return (text.match(ELEMENT) ?? []).map((element) => {
    const pair = element.match(PAIR)?.find((it) => /^\s*for=/i.test(it))
    return pair === undefined ? undefined : addressIn(pair.slice(pair.indexOf("=") + 1))
  })
}

/** `192.0.2.1`, `192.0.2.1:4711`, `"[2001:db8::1]:4711"`, `2001:db8::1`. */
function addressIn(text: string): string | undefined {
  const bare = text.trim().replace(/^"|"$/g, "")
  const address = /^\[(.*)\](?::\d+)?$/.exec(bare)?.[1] ?? /^([\d.]+):\d+$/.exec(bare)?.[1] ?? bare
  // A zone (`%eth0`) means something on the proxy's machine only.
  return isIP(address) !== 0 && !address.includes("%") ? address : undefined
}
