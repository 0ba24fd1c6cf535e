import type { Cause } from "../../../decision/cause.ts"
import { check, following, written } from "../../../decision/check.ts"
import { oneOf } from "../../../decision/relations.ts"
import { nginxDirectoryWithoutIndex } from "../../../foreign/nginx/directory-without-index.ts"
import { nginxRootWrongDirNoIndex } from "../../../foreign/nginx/root-wrong-dir-no-index.ts"
import { nginxTryFilesDirNoIndex } from "../../../foreign/nginx/try-files-dir-no-index.ts"
import { nginxMethodNotAllowed } from "../causes.ts"
import { includesAny, is } from "../relations.ts"
import { fromBytes } from "../values/bytes.ts"
import { Unknowable } from "../values/unknowable.ts"
import type { Exchange } from "./exchange.ts"
import { listsDirectories, namesThere, requestMethod } from "./facts.ts"
import { refuseFault } from "./fault.ts"
import { refuseAbsent, refuseFile, refuseKind } from "./file-gates.ts"
import { look, lookToList, pathOf } from "./look.ts"
import { gateAt, type Refused, refuseAt, type Stop } from "./stop.ts"

const READING = ["GET", "HEAD", "POST"]

/** Who answers: another server, a directory's index, its list, a file (handlers of the content phase in nginx's order). */
export function content(exchange: Exchange): Stop {
  const { handler, path, method, settings } = exchange
  if (handler !== undefined) {
    const { name, args, at } = handler.directive
    return handler.kind === "relays"
      ? { kind: "relayed", to: args[0]?.text ?? name, at }
      : { kind: "sent", status: 200, by: "program", at }
  }
  if (settings.davMethods?.methods.includes(method)) {
    const { at } = settings.davMethods.directive
    throw new Unknowable({
      what: `what ${method} does to the file`,
      why: "WebDAV is not modelled: it needs write permission on the directory",
      at,
    })
  }
  const isDirectory = path.endsWith("/")
  if (isDirectory && READING.includes(method)) {
    const indexed = randomIndex(exchange) ?? index(exchange)
    if (indexed !== undefined) return indexed
  }
  if (isDirectory && method !== "POST" && READING.includes(method)) {
    const listed = autoindex(exchange)
    if (listed !== undefined) return listed
  }
  if (!READING.includes(method)) return refuseMethod(exchange, READING)
  return isDirectory ? refuseDirectory(exchange) : staticFile(exchange)
}

function staticFile(exchange: Exchange): Stop {
  const path = exchange.filename()
  if (path === undefined) return refuseAlias(exchange)
  const looked = look(exchange, path, "open")
  if (looked.kind === "failed") return refuseFile(exchange, looked, path, true)
  const at = looked.entry.source
  switch (looked.entry.kind) {
    case "directory":
      return { kind: "status", status: 301, refusal: undefined, by: "redirect", at }
    case "other":
      throw new Unknowable({ what: `what ${fromBytes(path)} is`, why: "it is neither a file nor a directory", at })
    case "file":
    case "link":
      if (exchange.method === "POST") return refuseMethod(exchange, ["GET", "HEAD"])
      mustNotBeConditional(exchange)
      exchange.held.push(
        `every directory on the way to ${looked.path} may be searched, and the file be read, by the worker`,
      )
      return { kind: "sent", status: 200, by: "file", at }
  }
}

/** Requests for parts, and those that ask whether something changed, may be answered otherwise. */
function mustNotBeConditional({ headers }: Exchange): void {
  for (const name of ["if_match", "if_unmodified_since", "range"])
    if (headers.first(name) !== undefined)
      throw new Unknowable({
        what: `what \`${name.replaceAll("_", "-")}\` makes of the answer`,
        why: "it is not modelled",
      })
}

function index(exchange: Exchange): Stop | undefined {
  const base = exchange.filename()
  if (base === undefined) return refuseAlias(exchange)
  let isDirectoryTested = false
  const names = exchange.settings.index?.names ?? [STANDARD]
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
const STANDARD = { constant: "index.html", parts: [] } as const

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

function autoindex(exchange: Exchange): Stop | undefined {
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

function randomIndex(exchange: Exchange): Stop | undefined {
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

function refuseMethod(exchange: Exchange, methods: readonly string[]): Refused {
  const { at } = exchange.settings.directive
  const gate = gateAt(exchange.settings, `methods ${methods.length}`, () => ({
    cause: nginxMethodNotAllowed,
    anyOf: [check(requestMethod, oneOf, following(methods, at, "operator"))],
  }))
  return refuseAt(exchange, gate, 405, false)
}

function refuseAlias(exchange: Exchange): Refused {
  const { at } = exchange.settings.root?.directive ?? exchange.settings.directive
  return refuseFault(exchange, at, "`alias` stands where the path was rewritten")
}

/** Neither an index nor a list: nginx would have to show the directory. */
function refuseDirectory(exchange: Exchange): Refused {
  const { settings } = exchange
  const path = exchange.filename()
  const bare = path === undefined ? undefined : pathOf(path)
  const wanted = (settings.index?.names ?? [STANDARD]).map((it) => exchange.fill(it))
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
  const gate = gateAt(settings, `directory ${bare} ${cause.code}`, () => ({
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
