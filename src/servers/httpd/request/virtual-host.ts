import type { ServerRequest } from "../../request.ts"
import { readAddress, showAddress } from "../../values/address.ts"
import type { HttpdConfiguration } from "../configuration.ts"
import type { Listening, Server } from "../server.ts"

/**
 * The virtual host a request is for: of its address before any, and of its port before any; by name among those that are
 * alike in both, and else the first of them (server/vhost.c `ap_update_vhost_given_ip`).
 */
export function serverFor({ hosts, main }: HttpdConfiguration, request: ServerRequest): Server {
  const chosen = TIERS.map((tier) => hosts.filter((it) => it.addresses.some((at) => isAt(at, request, tier)))).find(
    (it) => it.length > 0,
  )
  const [first] = chosen ?? []
  if (chosen === undefined || first === undefined) return main
  const name = request.host.toLowerCase().replace(/\.$/, "")
  return chosen.find((it) => isNamed(it, name, main)) ?? first
}

interface Tier {
  readonly hasAddress: boolean
  readonly hasPort: boolean
}

const TIERS: readonly Tier[] = [
  { hasAddress: true, hasPort: true },
  { hasAddress: true, hasPort: false },
  { hasAddress: false, hasPort: true },
  { hasAddress: false, hasPort: false },
]

function isAt({ address, port }: Listening, request: ServerRequest, { hasAddress, hasPort }: Tier): boolean {
  if (hasPort ? port !== request.port : port !== undefined) return false
  if (!hasAddress) return address === "*" || address === "0.0.0.0"
  return request.server !== undefined && canonical(address) === canonical(request.server)
}

function canonical(address: string): string {
  const read = readAddress(address)
  return read === undefined ? address.toLowerCase() : showAddress(read)
}

/** One without a name has that of the main server. */
function isNamed({ aliasNames, name }: Server, asked: string, main: Server): boolean {
  return (name ?? main.name)?.toLowerCase() === asked || aliasNames.some((it) => matchesHost(it.toLowerCase(), asked))
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
