import type { NamedRequest } from "../remedies.ts"
import type { ServerRequest } from "../request.ts"
import { everyDirective } from "./directive-at.ts"
import type { NginxModel } from "./model.ts"
import type { Locations } from "./settings/location.ts"
import { edgesOf, readNetwork } from "./values/address.ts"
import { toBytes } from "./values/bytes.ts"
import { HostNames } from "./values/host-names.ts"

/** Of each kind, so that a list of thousands does not take minutes to ask. */
const MOST = 40
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
/** Of documentation (RFC 5737), so of nobody the configuration names. */
const STRANGER = "203.0.113.9"
const AGENTS = ["Mozilla/5.0 (X11; Linux x86_64)", "curl/8.5.0", "python-requests/2.32", "Googlebot/2.1", ""]

/** Other requests a change might let in: other methods, addresses, paths, names and agents, those the configuration speaks of first. */
export function neighboursOf(model: NginxModel, request: ServerRequest): readonly NamedRequest[] {
  const all = [
    ...METHODS.map((method) => ({ name: `${method} ${request.target}`, request: { ...request, method } })),
    ...addressesIn(model).map((client) => ({ name: `from ${client}`, request: { ...request, client } })),
    ...pathsIn(model, request).map((target) => ({ name: target, request: { ...request, target } })),
    ...pathsIn(model, request)
      .slice(0, 10)
      .map((target) => ({ name: `${target} from ${STRANGER}`, request: { ...request, target, client: STRANGER } })),
    ...hostsIn(model).map((host) => ({ name: `to ${host}`, request: withHeader({ ...request, host }, "Host", host) })),
    ...agentsIn(model).map((agent) => ({
      name: agent === "" ? "without an agent" : `as ${agent}`,
      request: withHeader(request, "User-Agent", agent),
    })),
    ...["https://elsewhere.example/", ""].map((it) => ({
      name: it === "" ? "without a referer" : `linked from ${it}`,
      request: withHeader(request, "Referer", it),
    })),
  ]
  const seen = new Set([keyOf(request)])
  return all.filter((it) => {
    const key = keyOf(it.request)
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

const keyOf = ({ method, target, host, client, headers }: ServerRequest): string =>
  JSON.stringify([method, target, host, client, headers])

function withHeader(request: ServerRequest, name: string, value: string): ServerRequest {
  const others = request.headers.filter(([it]) => it.toLowerCase() !== name.toLowerCase())
  return { ...request, headers: value === "" ? others : [...others, [name, value]] }
}

function addressesIn({ configuration }: NginxModel): readonly string[] {
  const addresses = new Set<string>()
  for (const { name, args, block } of everyDirective(configuration.http)) {
    const texts =
      name === "allow" || name === "deny"
        ? args.map((it) => it.text)
        : name === "geo"
          ? (block ?? []).map((it) => it.name)
          : []
    for (const text of texts) {
      const network = readNetwork(text)
      if (network !== undefined) for (const it of edgesOf(network)) addresses.add(it)
    }
    if (addresses.size >= MOST) break
  }
  return [...addresses, "127.0.0.1", STRANGER]
}

function pathsIn({ configuration, machine }: NginxModel, { target }: ServerRequest): readonly string[] {
  const paths = new Set<string>(["/"])
  for (const server of configuration.servers) {
    const root = server.settings.root?.path.constant
    const folder = target.replace(/\?[\s\S]*$/, "").replace(/[^/]*$/, "")
    const names = root === undefined ? "unknown" : machine.files.names(`${root}${folder}`.replace(/\/+$/, "") || "/")
    for (const name of names === "unknown" ? [] : names.slice(0, MOST))
      paths.add(`${folder}${encodeURIComponent(name)}`)
    for (const path of namesOf(server.locations)) paths.add(path)
    if (paths.size >= MOST) break
  }
  return [...paths].slice(0, MOST)
}

function namesOf(locations: Locations): readonly string[] {
  return locations.all.flatMap((it) => [
    ...(it.match === "named" ? [] : it.match === "pattern" ? exampleOf(it.name) : [it.name]),
    ...namesOf(it.inside),
  ])
}

/** A path that fits most patterns people write: `\.php$`, `/\.`, `^/admin`. */
function exampleOf(pattern: string): readonly string[] {
  const plain = pattern
    .replace(/^\^/, "")
    .replace(/\$$/, "")
    .replace(/\\(.)/g, "$1")
    .replace(/\(([^()|]*)\|[^()]*\)/g, "$1")
  return /[()[\]{}*+?|]/.test(plain) || toBytes(plain) !== plain
    ? []
    : [plain.startsWith("/") ? `${plain}x` : `/x${plain}`, plain].filter((it) => it.startsWith("/"))
}

function hostsIn({ configuration }: NginxModel): readonly string[] {
  const names = new HostNames<true>()
  for (const server of configuration.servers.slice(0, MOST))
    for (const name of server.names) if (name !== "" && !name.startsWith("~")) names.add(name, true)
  return names.examples.slice(0, MOST)
}

/** Agents people know, and those the configuration's patterns speak of. */
function agentsIn({ configuration }: NginxModel): readonly string[] {
  const agents = new Set(AGENTS)
  for (const { name, args, block } of everyDirective(configuration.http)) {
    if (!args.some((it) => it.text.includes("$http_user_agent"))) continue
    const texts = name === "map" ? (block ?? []).map((it) => it.name) : args.map((it) => it.text)
    for (const text of texts)
      for (const [word] of text.matchAll(/[A-Za-z][A-Za-z0-9_-]{2,30}/g))
        if (word !== "http_user_agent") agents.add(`${word}/1.0`)
    if (agents.size >= MOST) break
  }
  return [...agents]
}
