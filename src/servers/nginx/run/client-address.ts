import { type Address, isInNetwork, readAddress, showAddress } from "../../values/address.ts"
import type { RealIp } from "../settings/settings.ts"
import type { Headers } from "./headers.ts"

/** The address of the client as far as trusted peers tell it (`ngx_http_get_forwarded_addr`); undefined where it stays as it is. */
export function toldAddress(peer: string, realIp: RealIp, headers: Headers): string | undefined {
  const from = readAddress(peer)
  if (realIp.from.length === 0 || from === undefined) return undefined
  const name = realIp.header.replaceAll("-", "_")
  const values = name === "x_forwarded_for" ? headers.all(name) : headers.all(name).slice(0, 1)
  if (values.length === 0) return undefined
  const isTrusted = (it: Address): boolean => realIp.from.some((network) => isInNetwork(it, network))
  let address = from
  let isFound = false
  for (const value of values.toReversed()) {
    const walked = walk(address, value, isTrusted, realIp.isRecursive)
    if (walked.address !== undefined) {
      address = walked.address
      isFound = true
    }
    if (!realIp.isRecursive || !walked.goesOn) break
  }
  return isFound ? showAddress(address) : undefined
}

/** From the right of one field; ends at the first address that is not trusted, or that is none. */
function walk(start: Address, value: string, isTrusted: (it: Address) => boolean, isRecursive: boolean) {
  const entries = value.split(/[ ,]+/).filter((it) => it !== "")
  let address: Address | undefined
  for (const entry of entries.toReversed()) {
    if (!isTrusted(address ?? start)) return { address, goesOn: false }
    const read =
      readAddress(entry) ??
      readAddress(
        /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/
          .exec(entry)
          ?.slice(1)
          .find((it) => it) ?? "",
      )
    if (read === undefined) return { address, goesOn: false }
    address = read
    if (!isRecursive) return { address, goesOn: false }
  }
  return { address, goesOn: address !== undefined }
}
