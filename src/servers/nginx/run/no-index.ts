import type { Cause } from "../../../decision/cause.ts"
import { check, following, written } from "../../../decision/check.ts"
import { oneOf } from "../../../decision/relations.ts"
import { nginxDirectoryWithoutIndex } from "../../../foreign/nginx/directory-without-index.ts"
import { nginxRootWrongDirNoIndex } from "../../../foreign/nginx/root-wrong-dir-no-index.ts"
import { nginxTryFilesDirNoIndex } from "../../../foreign/nginx/try-files-dir-no-index.ts"
import { includesAny, is } from "../relations.ts"
import { STANDARD_INDEX } from "./directory.ts"
import type { Exchange } from "./exchange.ts"
import { listsDirectories, namesThere, requestMethod } from "./facts.ts"
import { pathOf } from "./look.ts"
import { gateAt, type Refused, refuseAt } from "./stop.ts"

/** Neither an index nor a list: nginx would have to show the directory. */
export function refuseDirectory(exchange: Exchange): Refused {
  const { settings } = exchange
  const path = exchange.filename()
  const bare = path === undefined ? undefined : pathOf(path)
  const wanted = (settings.index?.names ?? [STANDARD_INDEX]).map((it) => exchange.fill(it))
  const names = bare === undefined ? [] : namesIn(exchange, bare)
  exchange.seen = {
    names: names.filter((it) => !wanted.includes(it)),
    at: settings.root?.directive?.at ?? settings.directive.at,
  }
  const index = settings.index?.directive ?? settings.directive
  const place = `${index.at.path} ${bare ?? ""}`
  const cause = causeOf(exchange, bare, wanted)
  // A list is made for GET and HEAD alone.
  const listed =
    settings.autoindex === undefined
      ? check(listsDirectories, is, following(true, settings.directive.at, "operator"))
      : check(requestMethod, oneOf, following(["GET", "HEAD"], settings.autoindex.at, "operator"))
  const gate = gateAt(settings, `directory ${bare} ${cause.code} ${wanted.join(" ")}`, () => ({
    cause,
    anyOf: [check(namesThere, includesAny, written(wanted, { ...index.at, path: place }, "operator")), listed],
  }))
  return refuseAt(exchange, gate, 403, true)
}

function namesIn({ machine }: Exchange, path: string): readonly string[] {
  const names = machine.files.names(path.length > 1 ? path.replace(/\/+$/, "") : path)
  return names === "unknown" ? [] : names
}

const APPLICATION = ["public", "web", "www", "html", "htdocs", "public_html", "dist", "build", "webroot", "docroot"]
const STARTS = ["index.php", "index.html", "index.htm"]

function causeOf(exchange: Exchange, path: string | undefined, wanted: readonly string[]): Cause {
  const { settings, machine } = exchange
  if (settings.tryFiles?.candidates.some((it) => it.isDirectory)) return nginxTryFilesDirNoIndex
  if (exchange.path !== "/" || path === undefined) return nginxDirectoryWithoutIndex
  const base = path.replace(/\/+$/, "")
  const isElsewhere = APPLICATION.some((folder) =>
    [...wanted, ...STARTS].some((name) => {
      const entry = machine.files.at(`${base}/${folder}/${name}`)
      return entry !== "absent" && entry !== "unknown" && entry.kind === "file"
    }),
  )
  return isElsewhere ? nginxRootWrongDirNoIndex : nginxDirectoryWithoutIndex
}
