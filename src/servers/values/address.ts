import { isIPv6 } from "node:net"
import ipaddr from "ipaddr.js"

/** An address as a number of 32 or 128 bits. */
export type Address = { readonly bits: 32; readonly value: number } | { readonly bits: 128; readonly value: bigint }

export type Network = (
  | { readonly bits: 32; readonly value: number; readonly mask: number }
  | { readonly bits: 128; readonly value: bigint; readonly mask: bigint }
) & { readonly prefix: number }

const QUAD = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
const MAPPED = 0xffffn

/** Undefined for what is no address: a name, the path of a socket. What IPv6 says of an IPv4 address is that address. */
export function readAddress(text: string): Address | undefined {
  const address = readWritten(text)
  if (address?.bits === 128 && address.value >> 32n === MAPPED)
    return { bits: 32, value: Number(address.value & 0xffffffffn) }
  return address
}

function readWritten(text: string): Address | undefined {
  const quad = QUAD.exec(text)
  if (quad !== null) {
    const [a, b, c, d] = [Number(quad[1]), Number(quad[2]), Number(quad[3]), Number(quad[4])]
    if (a > 255 || b > 255 || c > 255 || d > 255) return undefined
    return { bits: 32, value: ((a << 24) | (b << 16) | (c << 8) | d) >>> 0 }
  }
  if (!text.includes(":") || !isIPv6(text) || text.includes("%")) return undefined
  let value = 0n
  for (const byte of ipaddr.IPv6.parse(text).toByteArray()) value = (value << 8n) | BigInt(byte)
  return { bits: 128, value }
}

/** `192.0.2.0/24`, an address alone, `2001:db8::/32`. Bits beyond the prefix are dropped, as nginx does with a warning. */
export function readNetwork(text: string): Network | undefined {
  const slash = text.indexOf("/")
  const address = readWritten(slash === -1 ? text : text.slice(0, slash))
  if (address === undefined) return undefined
  const prefix = slash === -1 ? address.bits : prefixIn(text.slice(slash + 1), address.bits)
  if (prefix === undefined) return undefined
  if (address.bits === 32) {
    const mask = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0
    return { bits: 32, mask, value: (address.value & mask) >>> 0, prefix }
  }
  const mask = ((1n << 128n) - 1n) ^ ((1n << BigInt(128 - prefix)) - 1n)
  return { bits: 128, mask, value: address.value & mask, prefix }
}

function prefixIn(text: string, bits: number): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined
  return Number(text) > bits ? undefined : Number(text)
}

export function isInNetwork(address: Address, network: Network): boolean {
  if (address.bits === 32) return network.bits === 32 && (address.value & network.mask) >>> 0 === network.value
  return network.bits === 128 && (address.value & network.mask) === network.value
}

/** The first address of a network, and the first behind it where there is one. */
export function edgesOf(network: Network): readonly string[] {
  if (network.bits === 128) return [showAddress({ bits: 128, value: network.value })]
  const next = network.value + 2 ** (32 - network.prefix)
  const first = showAddress({ bits: 32, value: network.value })
  return next > 0xffffffff ? [first] : [first, showAddress({ bits: 32, value: next })]
}

export function showAddress(address: Address): string {
  if (address.bits === 32) return [24, 16, 8, 0].map((shift) => (address.value >>> shift) & 255).join(".")
  const parts: string[] = []
  for (let shift = 112n; shift >= 0n; shift -= 16n) parts.push(((address.value >> shift) & 0xffffn).toString(16))
  return ipaddr.IPv6.parse(parts.join(":")).toString()
}
