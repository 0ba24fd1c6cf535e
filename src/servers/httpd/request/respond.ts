import type { Cause } from "../../../decision/cause.ts"
import { check, following } from "../../../decision/check.ts"
import { readFact } from "../../../decision/fact.ts"
import { absent, atMost, oneOf } from "../../../decision/relations.ts"
import type { Source } from "../../../decision/source.ts"
import { UNKNOWN } from "../../../decision/value.ts"
import { apacheCgi } from "../../../foreign/apache/cgi.ts"
import { apacheFileUnreadable } from "../../../foreign/apache/file-unreadable.ts"
import { apacheNoIndex } from "../../../foreign/apache/no-index.ts"
import { fileGates } from "../../files/gates.ts"
import { fromBytes } from "../../values/bytes.ts"
import { apacheBodyTooLarge, apacheMethodNotAllowed, apacheMethodUnknown, apacheNotFound } from "../access/causes.ts"
import { grantedOptions, optionsFact, seenOptions } from "../access/options-gate.ts"
import { Facts, requestMethod, type World } from "../access/world.ts"
import { isKnownMethod, methodOf } from "../settings/methods.ts"
import { optionsOf } from "../settings/options.ts"
import { unsure } from "./directory-walk.ts"
import { BUILT_IN, type Exchange } from "./exchange.ts"
import type { About } from "./halt.ts"
import { type Halt, unknown } from "./halt.ts"
import type { Running } from "./running.ts"

/** Names that leave the matter to httpd's own handlers. */
const OWN: ReadonlySet<string> = new Set(["default-handler", "httpd/unix-directory", "none"])
/** Handlers of modules that read a file in their own way. */
const PECULIAR: ReadonlySet<string> = new Set([
  "server-status",
  "server-info",
  "type-map",
  "imap-file",
  "send-as-is",
  "dav-handler",
  "perl-script",
])

/** What the handler answers, for a request that came through (`ap_invoke_handler`). */
export function respond(exchange: Exchange, running: Running): Halt {
  const { handler, proxied } = running
  if (proxied !== undefined)
    return readBody(exchange, running) ?? { kind: "relayed", to: proxied.to, at: proxied.source }
  const name = handler?.name.toLowerCase() ?? "none"
  if (handler !== undefined && !OWN.has(name)) {
    const at = handler.source ?? BUILT_IN
    if (PECULIAR.has(name)) return unknown(`what the handler ${handler.name} does`, "it is not judged here", at)
    if (name === "cgi-script") return runScript(exchange, running, at)
    return readBody(exchange, running) ?? { kind: "relayed", to: handler.name, at }
  }
  return list(exchange, running) ?? serve(exchange, running)
}

/** mod_autoindex: only for what is read. */
function list(exchange: Exchange, running: Running): Halt | undefined {
  if (running.found !== "directory" || methodOf(running.method) !== "GET") return undefined
  // Said by name, the default handler leaves nothing to mod_autoindex.
  if (running.handler?.name.toLowerCase() === "default-handler") return undefined
  const { settings } = running
  const options = optionsOf(settings.options)
  const source = settings.options?.source ?? BUILT_IN
  if (!options.has("Indexes")) {
    const needed = following(["Indexes"], source, "operator")
    const about = { cause: apacheNoIndex, status: 403, code: "AH01276" }
    return exchange.barred(running, [check(optionsFact, grantedOptions, needed)], about, seenOptions(options, source))
  }
  const tooLarge = readBody(exchange, running)
  if (tooLarge !== undefined) return tooLarge
  const walked = exchange.walk(running.filename ?? "/", "list")
  if (walked.kind === "unsure") return unsure(walked)
  if (walked.kind === "reached") return { kind: "answered", status: 200, by: "listing", at: settings.options?.source }
  const gates = fileGates<World>(walked, exchange.reader, {
    causeOf: () => apacheFileUnreadable,
    names: exchange.names,
  })
  return (
    exchange.refusal(running, gates, { status: 403, code: "AH01275", failed: walked }) ??
    unknown("what the directory fails of", walked.error)
  )
}

/** server/core.c `default_handler` */
function serve(exchange: Exchange, running: Running): Halt {
  const { found, method, pathInfo, settings } = running
  const tooLarge = readBody(exchange, running)
  if (tooLarge !== undefined) return tooLarge
  if (!isKnownMethod(method))
    return byMethod(exchange, running, { cause: apacheMethodUnknown, status: 501, code: "AH00135" })
  if (method === "OPTIONS") return { kind: "answered", status: 200, by: "return", at: undefined }
  // POST reads a plain file as GET does, as scripts were once delivered so (server/core.c `core_create_req`).
  if (methodOf(method) !== "GET" && method !== "POST")
    return byMethod(exchange, running, { cause: apacheMethodNotAllowed, status: 405, code: undefined })
  if (found === "nothing" || found === "directory") return notFound(exchange, running, found)
  if (pathInfo !== "" && settings.pathInfo?.value !== true) return notFound(exchange, running, "path behind the file")
  return read(exchange, running)
}

function read(exchange: Exchange, running: Running): Halt {
  const path = running.filename ?? ""
  const walked = exchange.walk(path, "read")
  if (walked.kind === "unsure") return unsure(walked)
  if (walked.kind === "reached") {
    exchange.held.add(`every directory on the way to ${fromBytes(path)} may be searched, and the file may be read`)
    return { kind: "answered", status: 200, by: "file", at: undefined }
  }
  const about = { status: 403, code: "AH00132", failed: walked }
  const gates = fileGates<World>(walked, exchange.reader, {
    causeOf: () => apacheFileUnreadable,
    names: exchange.names,
  })
  return exchange.refusal(running, gates, about) ?? unknown(`what ${fromBytes(path)} fails of`, walked.error)
}

function byMethod(exchange: Exchange, running: Running, about: About): Halt {
  const checks = [check(requestMethod, oneOf, following(["GET", "OPTIONS"], BUILT_IN, "operator"))] as const
  return exchange.barred(running, checks, about)
}

function notFound(exchange: Exchange, running: Running, what: string): Halt {
  const path = fromBytes((running.filename ?? "") + running.pathInfo)
  return fault(exchange, running, `${path}: ${what}`, { cause: apacheNotFound, status: 404, code: undefined })
}

function fault(exchange: Exchange, running: Running, what: string, about: { readonly cause: Cause } & About): Halt {
  const fact = new Facts().seen("file.fault")
  const source = { file: fromBytes(running.filename ?? ""), path: "" }
  const seen = new Map([[fact.name, { value: what }]])
  return exchange.barred(running, [check(fact, absent, following(null, source, "operator"))], about, seen)
}

function runScript(exchange: Exchange, running: Running, at: Source): Halt {
  const options = optionsOf(running.settings.options)
  if (!options.has("ExecCGI") && !running.isScriptAliased) {
    const source = running.settings.options?.source ?? BUILT_IN
    const needed = following(["ExecCGI"], source, "operator")
    const about = { cause: apacheCgi, status: 403, code: "AH01262" }
    return exchange.barred(running, [check(optionsFact, grantedOptions, needed)], about, seenOptions(options, source))
  }
  if (running.found === "nothing") return notFound(exchange, running, "nothing")
  if (running.found === "directory")
    return fault(exchange, running, "a directory is called as a program", {
      cause: apacheCgi,
      status: 403,
      code: "AH01265",
    })
  return readBody(exchange, running) ?? { kind: "relayed", to: `the program ${fromBytes(running.filename ?? "")}`, at }
}

const bodyBytes = readFact<number, World>({
  name: "request.body-bytes",
  since: "wire",
  party: "caller",
  shownTo: "anonymous",
  read: ({ seen }) => {
    const value = seen.get("request.body-bytes")?.value
    return typeof value === "number" ? value : UNKNOWN
  },
})

/** As httpd has it since 2.4.53. */
const USUAL_LIMIT = 1_073_741_824

function readBody(exchange: Exchange, running: Running): Halt | undefined {
  running.isBodyRead = true
  return checkBody(exchange, running)
}

/** Whoever reads the body meets its limit; 0 is none. */
export function checkBody(exchange: Exchange, running: Running): Halt | undefined {
  const claimed = Number(exchange.headers.get("content-length") ?? exchange.request.body?.length ?? 0)
  const limit = running.settings.bodyLimit?.value ?? USUAL_LIMIT
  if (limit === 0 || !(claimed > limit)) return undefined
  const seen = new Map([["request.body-bytes", { value: claimed }]])
  const allowed = following(limit, running.settings.bodyLimit?.source ?? BUILT_IN, "operator")
  const about = { cause: apacheBodyTooLarge, status: 413, code: undefined }
  return exchange.barred(running, [check(bodyBytes, atMost, allowed)], about, seen)
}
