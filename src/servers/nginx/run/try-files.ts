import { check, following } from "../../../decision/check.ts"
import { nginxReturn403 } from "../../../foreign/nginx/return-403.ts"
import { nginxNotFound, nginxReturn } from "../causes.ts"
import { is } from "../relations.ts"
import type { TryFiles } from "../settings/settings.ts"
import type { Directive } from "../syntax/directive.ts"
import type { Template } from "../values/template.ts"
import { Unknowable } from "../values/unknowable.ts"
import type { Exchange } from "./exchange.ts"
import { fileIsThere } from "./facts.ts"
import { refuseFault } from "./fault.ts"
import { look } from "./look.ts"
import { gateAt, refuseAt, type Stop } from "./stop.ts"

/** The first of some names that is there becomes the path (src/http/modules/ngx_http_try_files_module.c). */
export function tryFiles(exchange: Exchange, { candidates, otherwise, directive }: TryFiles): Stop | undefined {
  const { settings } = exchange
  const root = settings.root
  const alias = root?.alias
  if (root === undefined || (alias !== undefined && !exchange.isLocationValid))
    return refuseFault(exchange, directive.at, "`alias` stands where the path was rewritten")
  const base = exchange.fill(root.path)
  // Of an alias, what is filled in loses the location's name, the last word too (a known peculiarity of nginx, ticket 97).
  const bare = (template: Template): string => {
    const filled = exchange.fill(template)
    const isNamed =
      typeof alias === "number" && template.constant === undefined && filled.startsWith(exchange.path.slice(0, alias))
    return isNamed ? filled.slice(alias) : filled
  }
  for (const { name, isDirectory } of candidates) {
    const tail = bare(name)
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
  if ("status" in otherwise) return answer(exchange, otherwise.status, directive)
  const to = bare(otherwise.to)
  if (to.startsWith("@")) return { kind: "named", name: to, at: directive.at }
  const [path, args] = splitArgs(to)
  return { kind: "elsewhere", path, args }
}

/** `=404`: what is not there is refused as told. */
function answer(exchange: Exchange, status: number, directive: Directive): Stop {
  if (status < 300 || status > 599)
    throw new Unknowable({
      what: `what \`=${status}\` answers`,
      why: "it is no status `try_files` is made for",
      at: directive.at,
    })
  if (status < 400) return { kind: "status", status, refusal: undefined, by: "return", at: directive.at }
  exchange.seen = { isTrue: false, at: directive.at }
  const gate = gateAt(directive, "none", () => ({
    cause: status === 404 ? nginxNotFound : status === 403 ? nginxReturn403 : nginxReturn,
    anyOf: [check(fileIsThere, is, following(true, directive.at, "operator"))],
  }))
  return refuseAt(exchange, gate, status, false)
}

export function splitArgs(uri: string): readonly [path: string, args: string] {
  const question = uri.indexOf("?")
  return question === -1 ? [uri, ""] : [uri.slice(0, question), uri.slice(question + 1)]
}
