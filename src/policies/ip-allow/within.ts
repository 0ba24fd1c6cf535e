import ipaddr from "ipaddr.js"
import type { Relation } from "../../decision/relation.ts"
import { show } from "../../decision/value.ts"

/** Addresses remembered per list of networks; connections repeat their address far more often than they change it. */
const REMEMBERED = 4096

/** An address is in one of the networks, both as text; IPv4-mapped IPv6 addresses count as IPv4. */
export const within: Relation<string, readonly string[]> = {
  name: "within",
  holds: (address, networks) => contains(networks.map(parseNetwork), address),
  prepare: (networks) => {
    const parsed = networks.map(parseNetwork)
    const known = new Map<string, boolean>()
    return (address) => {
      const before = known.get(address)
      if (before !== undefined) return before
      if (known.size >= REMEMBERED) known.clear()
      const found = contains(parsed, address)
      known.set(address, found)
      return found
    }
  },
  say: (address, networks) =>
    `${address === undefined ? "the address" : show(address)} is in none of ${networks === undefined ? "the networks accepted" : show(networks)}`,
  offers: (address, networks) => [
    ...networks.map((network) => ({ observed: networkAddress(network) })),
    ...(ipaddr.isValid(address) ? [{ required: [...networks, single(address)] }] : []),
  ],
}

type Network = ReturnType<typeof ipaddr.parseCIDR>

const parseNetwork = (text: string): Network => ipaddr.parseCIDR(text.includes("/") ? text : single(text))

function contains(networks: readonly Network[], text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  return networks.some(([network, bits]) => address.kind() === network.kind() && address.match(network, bits))
}

const single = (address: string): string => `${address}/${ipaddr.process(address).kind() === "ipv4" ? 32 : 128}`

const networkAddress = (network: string): string => parseNetwork(network)[0].toString()
