import type { NamedRequest } from "../remedies.ts"
import type { ServerRequest } from "../request.ts"
import { type Network, readNetwork } from "../values/address.ts"
import { toBytes } from "../values/bytes.ts"
import { MOST_VARIED, variationsOf } from "../variations.ts"
import { everyDirective } from "./directive-at.ts"
import type { NginxModel } from "./model.ts"
import type { Locations } from "./settings/location.ts"
import { HostNames } from "./values/host-names.ts"

/** Other requests a change might let in: other methods, addresses, paths, names and agents, those the configuration speaks of first. */
export const neighboursOf = (model: NginxModel, request: ServerRequest): readonly NamedRequest[] =>
  variationsOf(request, {
    networks: networksIn(model),
    paths: pathsIn(model, request),
    hosts: hostsIn(model),
    agents: agentsIn(model),
  })

function* networksIn({ configuration }: NginxModel): Generator<Network> {
  for (const { name, args, block } of everyDirective(configuration.http)) {
    const texts =
      name === "allow" || name === "deny"
        ? args.map((it) => it.text)
        : name === "geo"
          ? (block ?? []).map((it) => it.name)
          : []
    for (const text of texts) {
      const network = readNetwork(text)
      if (network !== undefined) yield network
    }
  }
}

function pathsIn({ configuration, machine }: NginxModel, { target }: ServerRequest): readonly string[] {
  const paths = new Set<string>(["/"])
  for (const server of configuration.servers) {
    const root = server.settings.root?.path.constant
    const folder = target.replace(/\?[\s\S]*$/, "").replace(/[^/]*$/, "")
    const names = root === undefined ? "unknown" : machine.files.names(`${root}${folder}`.replace(/\/+$/, "") || "/")
    for (const name of names === "unknown" ? [] : names.slice(0, MOST_VARIED))
      paths.add(`${folder}${encodeURIComponent(name)}`)
    for (const path of namesOf(server.locations)) paths.add(path)
    if (paths.size >= MOST_VARIED) break
  }
  return [...paths].slice(0, MOST_VARIED)
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
  for (const server of configuration.servers.slice(0, MOST_VARIED))
    for (const name of server.names) if (name !== "" && !name.startsWith("~")) names.add(name, true)
  return names.examples.slice(0, MOST_VARIED)
}

/** Agents the configuration's patterns speak of. */
function agentsIn({ configuration }: NginxModel): readonly string[] {
  const agents = new Set<string>()
  for (const { name, args, block } of everyDirective(configuration.http)) {
    if (!args.some((it) => it.text.includes("$http_user_agent"))) continue
    const texts = name === "map" ? (block ?? []).map((it) => it.name) : args.map((it) => it.text)
    for (const text of texts)
      for (const [word] of text.matchAll(/[A-Za-z][A-Za-z0-9_-]{2,30}/g))
        if (word !== "http_user_agent") agents.add(`${word}/1.0`)
    if (agents.size >= MOST_VARIED) break
  }
  return [...agents]
}
