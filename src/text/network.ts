import ipaddr from "ipaddr.js"
import type { z } from "zod"
import { complain } from "./complain.ts"

/** An address or network in the one form `network/prefix`; what IPv6 says of an IPv4 address becomes that address. */
export function readNetwork(written: string, context: z.RefinementCtx): string {
  const [address = "", bits] = written.split("/")
  const parsed = readAddress(address)
  if (parsed === undefined) return complain(context, written, "is not an address or network")
  const { ip, offset } = parsed
  const width = ip.kind() === "ipv4" ? 32 : 128
  const prefix = bits === undefined ? width : Number(bits) - offset
  if (prefix < 0 || prefix > width)
    return complain(context, written, `has a prefix that is out of range`, {
      expected: `a prefix from ${offset} to ${width + offset}`,
    })
  const network = `${networkOf(ip, prefix)}/${prefix}`
  if (`${ip}/${prefix}` === network) return network
  return complain(context, written, "has bits set beyond its prefix", {
    hint: `write ${network} for the network, or ${ip}/${width} for the one address`,
  })
}

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** `offset` is how many bits of a mapped address's prefix are not its own. */
function readAddress(text: string): { readonly ip: Address; readonly offset: number } | undefined {
  // Octal, hexadecimal and shortened forms are refused: what is read as what differs from program to program.
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return { ip: ipaddr.IPv4.parse(text), offset: 0 }
  if (!text.includes(":") || !ipaddr.IPv6.isValid(text)) return undefined
  const ip = ipaddr.IPv6.parse(text)
  return ip.isIPv4MappedAddress() ? { ip: ip.toIPv4Address(), offset: 96 } : { ip, offset: 0 }
}

function networkOf(ip: Address, prefix: number): Address {
  const bytes = ip.toByteArray().map((byte, at) => byte & (0xff << Math.max(0, 8 - Math.max(0, prefix - at * 8))))
  return ipaddr.fromByteArray(bytes.map((byte) => byte & 0xff))
}
