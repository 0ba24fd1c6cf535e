import type { NamedRequest } from "../remedies.ts"
import type { ServerRequest } from "../request.ts"
import type { Network } from "../values/address.ts"
import { toBytes } from "../values/bytes.ts"
import { MOST_VARIED, variationsOf } from "../variations.ts"
import { networkOf } from "./access/network.ts"
import type { Directive } from "./language/directive.ts"
import type { HttpdModel } from "./model.ts"

/** Other requests a change might let in: other methods, addresses, paths, names and agents, those the configuration speaks of first. */
export const neighboursOf = (model: HttpdModel, request: ServerRequest): readonly NamedRequest[] =>
  variationsOf(request, { networks: networksIn(model), paths: pathsIn(model, request), hosts: hostsIn(model) })

function* everyDirective(directives: readonly Directive[]): Generator<Directive> {
  for (const it of directives) {
    yield it
    yield* everyDirective(it.children)
  }
}

function* networksIn(model: HttpdModel): Generator<Network> {
  for (const { key, words } of everyDirective(model.surroundings.configuration.directives)) {
    if (key !== "require" && key !== "allow" && key !== "deny") continue
    for (const { text } of words) {
      const network = networkOf(text)
      if (network !== undefined) yield network
    }
  }
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
    for (const name of names === "unknown" ? [] : names.slice(0, MOST_VARIED))
      paths.add(`${folder}${encodeURIComponent(name)}`)
    for (const { scope } of [...server.locations, ...server.directories]) {
      if (scope.kind === "location" && !scope.isWildcard) paths.add(scope.path)
      if (scope.kind === "directory" && scope.path.startsWith(`${root}/`))
        paths.add(toBytes(scope.path.slice(root.length)))
    }
    if (paths.size >= MOST_VARIED) break
  }
  return [...paths].filter((it) => it.startsWith("/")).slice(0, MOST_VARIED)
}

const folderOf = (target: string): string => {
  const [path = ""] = target.split("?", 1)
  return path.slice(0, path.lastIndexOf("/") + 1)
}

function hostsIn({ surroundings }: HttpdModel): readonly string[] {
  const names = surroundings.configuration.hosts.flatMap(({ name }) => (name === undefined ? [] : [name]))
  return [...new Set(names)].slice(0, MOST_VARIED)
}
