import type { NamedRequest } from "./remedies.ts"
import type { ServerRequest } from "./request.ts"
import { edgesOf, type Network } from "./values/address.ts"

/** What a configuration and its files speak of, for other requests to be made of. */
export interface SpokenOf {
  readonly networks: Iterable<Network>
  /** Paths beside the one asked for and elsewhere, as sent. */
  readonly paths: readonly string[]
  readonly hosts: readonly string[]
  readonly agents?: Iterable<string>
}

/** Of each kind, so that a list of thousands does not take minutes to ask. */
export const MOST_VARIED = 40
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
/** Of documentation (RFC 5737), so of nobody the configuration names. */
const STRANGER = "203.0.113.9"
const AGENTS = ["Mozilla/5.0 (X11; Linux x86_64)", "curl/8.5.0", "python-requests/2.32", "Googlebot/2.1", ""]
/** Paths a stranger asks for, too. */
const MOST_STRANGE = 10

/** Other requests a change might let in, each once: other methods, addresses, paths, names, agents, where they come from. */
export function variationsOf(request: ServerRequest, spokenOf: SpokenOf): readonly NamedRequest[] {
  const { paths, hosts, agents = [] } = spokenOf
  const all: readonly NamedRequest[] = [
    ...METHODS.map((method) => ({ name: `${method} ${request.target}`, request: { ...request, method } })),
    ...addressesIn(spokenOf.networks).map((client) => ({ name: `from ${client}`, request: { ...request, client } })),
    ...paths.map((target) => ({ name: target, request: { ...request, target } })),
    ...paths
      .slice(0, MOST_STRANGE)
      .map((target) => ({ name: `${target} from ${STRANGER}`, request: { ...request, target, client: STRANGER } })),
    ...hosts.map((host) => ({ name: `to ${host}`, request: withHeader({ ...request, host }, "Host", host) })),
    ...[...new Set([...AGENTS, ...agents])].map((agent) => ({
      name: agent === "" ? "without an agent" : `as ${agent}`,
      request: withHeader(request, "User-Agent", agent),
    })),
    { name: "linked from elsewhere", request: withHeader(request, "Referer", "https://elsewhere.example/") },
    { name: "without a referer", request: withHeader(request, "Referer", "") },
    { name: "without credentials", request: withHeader(request, "Authorization", "") },
  ]
  const seen = new Set([keyOf(request)])
  return all.filter((it) => {
    const key = keyOf(it.request)
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

function addressesIn(networks: Iterable<Network>): readonly string[] {
  const addresses = new Set<string>()
  for (const network of networks) {
    for (const it of edgesOf(network)) addresses.add(it)
    if (addresses.size >= MOST_VARIED) break
  }
  return [...addresses, "127.0.0.1", STRANGER]
}

const keyOf = ({ client, headers, host, method, target }: ServerRequest): string =>
  JSON.stringify([method, target, host, client, headers])

/** `value`: empty for without. */
function withHeader(request: ServerRequest, name: string, value: string): ServerRequest {
  const others = request.headers.filter(([it]) => it.toLowerCase() !== name.toLowerCase())
  return { ...request, headers: value === "" ? others : [...others, [name, value]] }
}
