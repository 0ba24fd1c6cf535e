import type { Configuration } from "../configuration.ts"
import { readAddress, showAddress } from "../../nginx/values/address.ts"
import type { ServerRequest } from "../../request.ts"
import type { Listening, Server } from "../server.ts"

/** The virtual host a request is for: by address and port first, by name among those, else the first (server/vhost.c). */
export function serverFor({ hosts, main }: Configuration, request: ServerRequest): Server {
  const exact = hosts.filter((it) => it.addresses.some((at) => isAt(at, request, false)))
  const chosen = exact.length > 0 ? exact : hosts.filter((it) => it.addresses.some((at) => isAt(at, request, true)))
  const [first] = chosen
  if (first === undefined) return main
  const name = request.host.toLowerCase().replace(/\.$/, "")
  return chosen.find((it) => isNamed(it, name)) ?? first
}

function isAt({ address, port }: Listening, request: ServerRequest, isWildcard: boolean): boolean {
  if (port !== undefined && port !== request.port) return false
  if (isWildcard) return address === "*"
  return address !== "*" && request.server !== undefined && canonical(address) === canonical(request.server)
}

function canonical(address: string): string {
  const read = readAddress(address)
  return read === undefined ? address.toLowerCase() : showAddress(read)
}

function isNamed({ aliasNames, name }: Server, asked: string): boolean {
  return name?.toLowerCase() === asked || aliasNames.some((it) => matchesHost(it.toLowerCase(), asked))
}

/** `*` and `?` match anything, dots too (`ap_strcasecmp_match`). */
function matchesHost(pattern: string, host: string): boolean {
  let at = 0
  let inHost = 0
  let star = -1
  let starHost = 0
  while (inHost < host.length) {
    if (pattern[at] === "*") {
      star = at++
      starHost = inHost
    } else if (pattern[at] === "?" || pattern[at] === host[inHost]) {
      at++
      inHost++
    } else if (star !== -1) {
      at = star + 1
      inHost = ++starHost
    } else return false
  }
  while (pattern[at] === "*") at++
  return at === pattern.length
}
