import { check, following } from "../../../decision/check.ts"
import { oneOf } from "../../../decision/relations.ts"
import { fromBytes } from "../../values/bytes.ts"
import { nginxMethodNotAllowed } from "../causes.ts"
import type { ContentHandler } from "../settings/settings.ts"
import { Unknowable } from "../values/unknowable.ts"
import { autoindex, index, randomIndex } from "./directory.ts"
import type { Exchange } from "./exchange.ts"
import { requestMethod } from "./facts.ts"
import { refuseAlias, refuseFault } from "./fault.ts"
import { refuseFile } from "./file-gates.ts"
import { look } from "./look.ts"
import { refuseDirectory } from "./no-index.ts"
import { gateAt, type Refused, refuseAt, type Stop } from "./stop.ts"

const READING = ["GET", "HEAD", "POST"]

/** Who answers: another server, a directory's index, its list, a file (handlers of the content phase in nginx's order). */
export function content(exchange: Exchange): Stop {
  const { handler, path, method, settings } = exchange
  if (handler !== undefined) return handler.kind === "relays" ? relay(exchange, handler) : empty(handler)
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

/** Of two `if` that are true, the first may have said that it is relayed, and the last, which counts, not where to. */
function relay(exchange: Exchange, { directive }: ContentHandler): Stop {
  const { upstream } = exchange.settings
  if (upstream?.directive.name !== directive.name)
    return refuseFault(exchange, directive.at, "the `if` that is true last does not say where to relay")
  const { name, args, at } = upstream.directive
  return { kind: "relayed", to: args[0]?.text ?? name, at }
}

const empty = ({ directive }: ContentHandler): Stop => ({ kind: "sent", status: 200, by: "program", at: directive.at })

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

function refuseMethod(exchange: Exchange, methods: readonly string[]): Refused {
  const { at } = exchange.settings.directive
  const gate = gateAt(exchange.settings, `methods ${methods.length}`, () => ({
    cause: nginxMethodNotAllowed,
    anyOf: [check(requestMethod, oneOf, following(methods, at, "operator"))],
  }))
  return refuseAt(exchange, gate, 405, false)
}
