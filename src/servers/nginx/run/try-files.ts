import type { TryFiles } from "../settings/settings.ts"
import type { Exchange } from "./exchange.ts"
import { refuseAbsent } from "./file-gates.ts"
import { look } from "./look.ts"
import type { Stop } from "./stop.ts"
import { refuseFault } from "./fault.ts"

/** The first of some names that is there becomes the path (src/http/modules/ngx_http_try_files_module.c). */
export function tryFiles(exchange: Exchange, { candidates, otherwise, directive }: TryFiles): Stop | undefined {
  const { settings } = exchange
  const root = settings.root
  const alias = root?.alias
  if (root === undefined || (alias !== undefined && !exchange.isLocationValid))
    return refuseFault(exchange, directive.at, "`alias` stands where the path was rewritten")
  const base = exchange.fill(root.path)
  for (const { name, isDirectory } of candidates) {
    const filled = exchange.fill(name)
    const tail = typeof alias === "number" && name.constant === undefined && filled.startsWith(exchange.path.slice(0, alias)) ? filled.slice(alias) : filled
    const looked = look(exchange, base + tail, "stat")
    if (looked.kind === "failed" || (looked.entry.kind === "directory") !== isDirectory) continue
    if (alias === undefined) exchange.path = tail
    else if (typeof alias === "number") exchange.path = exchange.path.slice(0, alias) + tail
    else if (!isDirectory) {
      exchange.path = tail
      exchange.addsPathToAlias = true
    }
    return undefined
  }
  if ("status" in otherwise)
    return otherwise.status === 404
      ? refuseAbsent(exchange, base + exchange.path, 404, false)
      : otherwise.status === 403
        ? refuseAbsent(exchange, base + exchange.path, 403, false)
        : { kind: "status", status: otherwise.status, refusal: undefined, by: "return", at: directive.at }
  const to = exchange.fill(otherwise.to)
  if (to.startsWith("@")) return { kind: "named", name: to, at: directive.at }
  const [path, args] = splitArgs(to)
  return { kind: "elsewhere", path, args }
}

export function splitArgs(uri: string): readonly [path: string, args: string] {
  const question = uri.indexOf("?")
  return question === -1 ? [uri, ""] : [uri.slice(0, question), uri.slice(question + 1)]
}
