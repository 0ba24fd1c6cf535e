import type { ServerRequest } from "../../request.ts"
import { readAddress, showAddress } from "../../values/address.ts"
import { isInside } from "../access/network.ts"
import type { Server } from "../server.ts"

/** The client's address as mod_remoteip leaves it: as far back as trusted peers vouch (`remoteip_modify_request`). */
export function remoteAddress(server: Server, request: ServerRequest, headers: ReadonlyMap<string, string>): string {
  const { header, trusted } = server.remote
  const field = header === undefined ? undefined : headers.get(header)
  if (field === undefined) return request.client
  const hops = field.split(",").map((it) => it.trim())
  let client = request.client
  let isInternal = trusted.length > 0
  while (hops.length > 0) {
    if (trusted.length > 0) {
      const peer = trusted.find((it) => isInside(client, [it.network]))
      if (peer === undefined) break
      isInternal &&= peer.isInternal
    }
    const claimed = readAddress(hops.pop() ?? "")
    if (claimed === undefined) break
    const shown = showAddress(claimed)
    if (!isInternal && isPrivate(shown)) break
    client = shown
  }
  return client
}

const PRIVATE = ["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"]

const isPrivate = (address: string): boolean =>
  address.includes(":") ? !isInside(address, ["2000::/3"]) : isInside(address, PRIVATE)
