import { Unknowable } from "../values/unknowable.ts"
import type { Exchange } from "./exchange.ts"
import { refuseAlias } from "./fault.ts"
import { refuseAbsent, refuseFile, refuseKind } from "./file-gates.ts"
import { look, lookToList } from "./look.ts"
import type { Refused, Stop } from "./stop.ts"

export function index(exchange: Exchange): Stop | undefined {
  const base = exchange.filename()
  if (base === undefined) return refuseAlias(exchange)
  let isDirectoryTested = false
  const names = exchange.settings.index?.names ?? [STANDARD_INDEX]
  for (const template of names) {
    const name = exchange.fill(template)
    if (name.startsWith("/")) return { kind: "elsewhere", path: name, args: exchange.args }
    const looked = look(exchange, base + name, "stat")
    if (looked.kind === "found") return { kind: "elsewhere", path: exchange.path + name, args: exchange.args }
    switch (looked.error) {
      case "ELOOP":
        return refuseFile(exchange, looked, base + name, false)
      case "EACCES":
      case "ENOTDIR":
      case "ENAMETOOLONG":
        return refuseFile(exchange, looked, base + name, true)
      case "ENOENT":
        if (!isDirectoryTested) {
          const refused = testDirectory(exchange, base)
          if (refused !== undefined) return refused
          isDirectoryTested = true
        }
    }
  }
  return undefined
}
/** Where no index is told. */
export const STANDARD_INDEX = { constant: "index.html", parts: [] } as const

/** `ngx_http_index_test_dir`: an index that is not there is told apart from a directory that is not. */
function testDirectory(exchange: Exchange, base: string): Refused | undefined {
  // Of an alias without a slash at its end nginx tests the name with the first letter of the index left on.
  const path = base.endsWith("/") && base.length > 1 ? base.slice(0, -1) : base
  const looked = look(exchange, path, "stat")
  if (looked.kind === "found")
    return looked.entry.kind === "directory"
      ? undefined
      : refuseKind(exchange, looked.entry.kind, "directory", 500, true)
  switch (looked.error) {
    case "EACCES":
      return undefined
    case "ENOENT":
      return refuseAbsent(exchange, path, 404, true)
    case "ELOOP":
      return refuseFile(exchange, looked, path, false)
    case "ENOTDIR":
    case "ENAMETOOLONG":
      return refuseAbsent(exchange, path, 500, true)
  }
}

export function autoindex(exchange: Exchange): Stop | undefined {
  const directive = exchange.settings.autoindex
  if (directive === undefined) return undefined
  const path = exchange.filename()
  if (path === undefined) return refuseAlias(exchange)
  const bare = path.length > 1 ? path.slice(0, -1) : path
  const looked = lookToList(exchange, bare)
  if (looked.kind === "failed")
    return looked.error === "ELOOP"
      ? refuseKind(exchange, "ELOOP", "directory", 500, true)
      : refuseFile(exchange, looked, bare, true)
  return { kind: "sent", status: 200, by: "listing", at: directive.at }
}

export function randomIndex(exchange: Exchange): Stop | undefined {
  const directive = exchange.settings.randomIndex
  if (directive === undefined) return undefined
  const path = exchange.filename()
  if (path === undefined) return refuseAlias(exchange)
  const bare = path.slice(0, -1)
  const looked = lookToList(exchange, bare)
  if (looked.kind === "failed")
    return looked.error === "ELOOP"
      ? refuseKind(exchange, "ELOOP", "directory", 500, true)
      : refuseFile(exchange, looked, bare, true)
  const { files } = exchange.machine
  const all = files.names(looked.path)
  if (all === "unknown")
    throw new Unknowable({
      what: `the names in ${looked.path}`,
      why: "`random_index` picks one of them",
      at: directive.at,
    })
  const names = all.filter((name) => {
    const entry = files.at(`${looked.path === "/" ? "" : looked.path}/${name}`)
    return !name.startsWith(".") && entry !== "absent" && entry !== "unknown" && entry.kind !== "directory"
  })
  const [only, ...others] = names
  if (only === undefined) return undefined
  if (others.length > 0)
    throw new Unknowable({ what: "which file is picked", why: "`random_index` picks one by chance", at: directive.at })
  return { kind: "elsewhere", path: exchange.path + only, args: exchange.args }
}
