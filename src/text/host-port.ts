import ipaddr from "ipaddr.js"
import type { z } from "zod"
import { complain } from "./complain.ts"

export interface HostPort {
  readonly hostname: string
  readonly port: number
}

/** Of `host:port`, `[address]:port`, `:port` and `port`; without a host every IPv4 address is meant. */
export function readHostPort(written: string | number, context: z.RefinementCtx): HostPort {
  const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(String(written)) ?? []
  if (Number(port) > 65_535)
    return complain(context, written, "has a port that is out of range", { expected: "a port from 0 to 65535" })
  const bare = host?.replace(/^\[|\]$/g, "")
  const isBracketed = bare !== host
  if (isBracketed && !ipaddr.IPv6.isValid(bare ?? ""))
    return complain(context, written, "has no IPv6 address in its brackets")
  // What looks like an address must be one, or it is looked up as a name and nobody learns why it is not found.
  if (!isBracketed && /^[\d.]+$/.test(bare ?? "") && !ipaddr.IPv4.isValidFourPartDecimal(bare ?? ""))
    return complain(context, written, "has no IPv4 address before its port")
  return { hostname: bare === undefined || bare === "" ? "0.0.0.0" : bare, port: Number(port) }
}
