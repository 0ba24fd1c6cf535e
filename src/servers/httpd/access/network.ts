import { type Address, isInNetwork, type Network, readAddress, readNetwork } from "../../values/address.ts"

/** A network as httpd writes it: `10.1`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `2001:db8::/32` (`apr_ipsubnet_create`). */
export function networkOf(written: string): Network | undefined {
  const slash = written.indexOf("/")
  const address = slash === -1 ? written : written.slice(0, slash)
  const mask = slash === -1 ? undefined : written.slice(slash + 1)
  if (mask !== undefined) {
    const prefix = mask.includes(".") ? prefixOf(mask) : mask
    return prefix === undefined || !/^\d+$/.test(prefix) ? undefined : readNetwork(`${address}/${prefix}`)
  }
  return partial(address) ?? readNetwork(address)
}

/** `10.1` and `10.1.` stand for all that begins so. */
function partial(address: string): Network | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){0,2}\.?$/.test(address)) return undefined
  const octets = address.split(".").filter((it) => it !== "")
  return readNetwork(`${[...octets, "0", "0", "0"].slice(0, 4).join(".")}/${octets.length * 8}`)
}

function prefixOf(mask: string): string | undefined {
  const address = readAddress(mask)
  if (address?.bits !== 32) return undefined
  const ones = Math.clz32(~address.value)
  const expected = ones === 0 ? 0 : (0xffffffff << (32 - ones)) >>> 0
  return expected === address.value ? String(ones) : undefined
}

/** Whether an address lies in one of the networks; one that cannot be read lies in none. */
export function isInside(address: string, networks: readonly string[]): boolean {
  const it = readAddress(address)
  return it !== undefined && networks.some((written) => lies(it, written))
}

function lies(address: Address, written: string): boolean {
  const network = networkOf(written)
  return network !== undefined && isInNetwork(address, network)
}
