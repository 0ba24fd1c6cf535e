import { edgesOf } from "../nginx/values/address.ts"
import { toBytes } from "../nginx/values/bytes.ts"
import type { NamedRequest } from "../remedies.ts"
import type { ServerRequest } from "../request.ts"
import { networkOf } from "./access/network.ts"
import type { Directive } from "./language/directive.ts"
import type { HttpdModel } from "./model.ts"

/** Of each kind, so that a list of thousands does not take minutes to ask. */
const MOST = 30
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
/** Of documentation (RFC 5737), so of nobody the configuration names. */
const STRANGER = "203.0.113.9"
const AGENTS = ["Mozilla/5.0 (X11; Linux x86_64)", "curl/8.5.0", "Googlebot/2.1", ""]

/** Other requests a change might let in: other methods, addresses, paths, names and agents, those the configuration speaks of first. */
export function neighboursOf(model: HttpdModel, request: ServerRequest): readonly NamedRequest[] {
  const paths = pathsIn(model, request)
  const all: readonly NamedRequest[] = [
    ...METHODS.map((method) => ({ name: `${method} ${request.target}`, request: { ...request, method } })),
    ...addressesIn(model).map((client) => ({ name: `from ${client}`, request: { ...request, client } })),
    ...paths.map((target) => ({ name: target, request: { ...request, target } })),
    ...paths
      .slice(0, 10)
      .map((target) => ({ name: `${target} from ${STRANGER}`, request: { ...request, target, client: STRANGER } })),
    ...hostsIn(model).map((host) => ({ name: `to ${host}`, request: withHeader({ ...request, host }, "Host", host) })),
    ...AGENTS.map((agent) => ({
      name: agent === "" ? "without an agent" : `as ${agent}`,
      request: withHeader(request, "User-Agent", agent),
    })),
    { name: "without a referer", request: withHeader(request, "Referer", "") },
    { name: "linked from elsewhere", request: withHeader(request, "Referer", "https://elsewhere.example/") },
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

const keyOf = ({ client, headers, host, method, target }: ServerRequest): string =>
  JSON.stringify([method, target, host, client, headers])

function withHeader(request: ServerRequest, name: string, value: string): ServerRequest {
  const others = request.headers.filter(([it]) => it.toLowerCase() !== name.toLowerCase())
  return { ...request, headers: value === "" ? others : [...others, [name, value]] }
}

function* everyDirective(directives: readonly Directive[]): Generator<Directive> {
  for (const it of directives) {
    yield it
    yield* everyDirective(it.children)
  }
}

function addressesIn(model: HttpdModel): readonly string[] {
  const addresses = new Set<string>()
  for (const { key, words } of everyDirective(model.surroundings.configuration.directives)) {
    if (key !== "require" && key !== "allow" && key !== "deny") continue
    for (const { text } of words) {
      const network = networkOf(text)
      if (network !== undefined) for (const it of edgesOf(network)) addresses.add(it)
    }
    if (addresses.size >= MOST) break
  }
  return [...addresses, "127.0.0.1", STRANGER]
}

/** Beside it, above it, in every section that is for paths, and in every directory that has one. */
function pathsIn(model: HttpdModel, { target }: ServerRequest): readonly string[] {
  const { configuration, tree } = model.surroundings
  const paths = new Set<string>(["/"])
  const folder = folderOf(target)
  if (folder !== "") paths.add(folder)
  for (const server of [...configuration.hosts, configuration.main]) {
    const root = server.root?.value
    if (root === undefined) continue
    const names = tree.names(`${root}${folder}`.replace(/\/+$/, "") || "/")
    for (const name of names === "unknown" ? [] : names.slice(0, MOST))
      paths.add(`${folder}${encodeURIComponent(name)}`)
    for (const { scope } of [...server.locations, ...server.directories]) {
      if (scope.kind === "location" && !scope.isWildcard) paths.add(scope.path)
      if (scope.kind === "directory" && scope.path.startsWith(`${root}/`))
        paths.add(toBytes(scope.path.slice(root.length)))
    }
    if (paths.size >= MOST) break
  }
  return [...paths].filter((it) => it.startsWith("/")).slice(0, MOST)
}

const folderOf = (target: string): string => {
  const [path = ""] = target.split("?", 1)
  return path.slice(0, path.lastIndexOf("/") + 1)
}

function hostsIn({ surroundings }: HttpdModel): readonly string[] {
  const names = surroundings.configuration.hosts.flatMap(({ name }) => (name === undefined ? [] : [name]))
  return [...new Set(names)].slice(0, MOST)
}
