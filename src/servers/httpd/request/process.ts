import { check, following } from "../../../decision/check.ts"
import { absent } from "../../../decision/relations.ts"
import { apacheSsl } from "../../../foreign/apache/ssl.ts"
import { apacheBadRequest, apacheNotFound } from "../access/causes.ts"
import { isScheme } from "../access/relations.ts"
import { Facts } from "../access/world.ts"
import { authorize } from "./authorize.ts"
import { walkDirectories } from "./directory-walk.ts"
import { setEnvironment } from "./environment.ts"
import { BUILT_IN, type Exchange } from "./exchange.ts"
import { fixUp } from "./fix-up.ts"
import { type Halt, unknown } from "./halt.ts"
import type { Running } from "./running.ts"
import { walkFiles, walkLocationsAndIfs } from "./sections.ts"
import { translate } from "./translate.ts"
import { decode, normalise } from "./uri.ts"

/** Everything up to the handler, for a request of a client or one inside the server (`ap_process_request_internal`). */
export function process(exchange: Exchange, running: Running): Halt | undefined {
  return (
    readUri(exchange, running) ??
    walkLocationsAndIfs(exchange, running) ??
    translate(exchange, running) ??
    map(exchange, running) ??
    outside(running, false) ??
    (running.parent === undefined ? fieldsRead(exchange, running) : undefined) ??
    access(exchange, running) ??
    outside(running, true) ??
    fixUp(exchange, running)
  )
}

function readUri(exchange: Exchange, running: Running): Halt | undefined {
  const merges = exchange.server.mergesSlashes !== false
  const normal = normalise(running.uri, { merges, decodes: true })
  if (!normal.isValid) return badUri(exchange, running, 400)
  running.uri = normal.path
  const before = running.settings
  const sections = running.sections
  const halt = walkLocationsAndIfs(exchange, running)
  if (halt !== undefined) return halt
  // What is merged so early counts for what comes before the path is decoded, and for nothing after.
  running.settings = before
  running.sections = sections
  const slashes = exchange.server.encodedSlashes ?? "off"
  const decoded = decode(running.uri, slashes)
  if (typeof decoded !== "string") return badUri(exchange, running, decoded)
  running.uri = slashes === "on" ? normalise(decoded, { merges, decodes: false }).path : decoded
  return undefined
}

function badUri(exchange: Exchange, running: Running, status: 400 | 404): Halt {
  const fact = new Facts().seen("request.path")
  const seen = new Map([[fact.name, { value: running.uri }]])
  const cause = status === 400 ? apacheBadRequest : apacheNotFound
  const checks = [check(fact, absent, following(null, BUILT_IN, "operator"))] as const
  return exchange.barred(running, checks, { cause, status, code: status === 400 ? "AH10244" : undefined }, seen)
}

/** Starts again from what holds for the whole server, and collects what holds for the file. */
function map(exchange: Exchange, running: Running): Halt | undefined {
  running.settings = exchange.server.settings
  running.sections = []
  if (running.proxied !== undefined) {
    if (exchange.server.proxies.length > 0)
      return unknown("what <Proxy> sections say", "they are not judged here", exchange.server.proxies[0]?.source)
    return walkLocationsAndIfs(exchange, running)
  }
  if (running.method === "TRACE" && running.parent === undefined) return traced(exchange)
  return walkDirectories(exchange, running) ?? walkFiles(running) ?? walkLocationsAndIfs(exchange, running)
}

const traced = (exchange: Exchange): Halt => ({
  kind: "answered",
  status: exchange.server.tracing === false ? 405 : 200,
  by: "return",
  at: undefined,
})

/** What acts only once somebody was let in, and so decides nothing about that. */
const LATE: ReadonlySet<string> = new Set([
  "action",
  "checkcaseonly",
  "checkspelling",
  "dav",
  "davbasepath",
  "directorycheckhandler",
  "directoryindexredirect",
  "fallbackresource",
  "metafiles",
  "script",
])

/** Directives in force for the path that are not judged here, of those that act before access or after it. */
function outside({ found, settings }: Running, isLate: boolean): Halt | undefined {
  const first = settings.outside?.find(
    ({ key }) => LATE.has(key) === isLate && (key !== "fallbackresource" || found === "nothing"),
  )
  return first === undefined
    ? undefined
    : unknown(`what "${first.what}" does`, "it is in force for this path and not judged here", first.source)
}

const fieldsRead = (exchange: Exchange, running: Running): Halt | undefined =>
  setEnvironment(exchange, running, running.settings.environment ?? [], running.uri)

/** Who was let in for the same sections is not asked again (`AP_AUTH_INTERNAL_PER_CONF`). */
function access(exchange: Exchange, running: Running): Halt | undefined {
  const earlier = running.previous ?? running.parent
  if (earlier !== undefined && isSame(earlier, running)) {
    running.user = earlier.user
    return undefined
  }
  return overTls(exchange, running) ?? authorize(exchange, running)
}

function isSame(a: Running, b: Running): boolean {
  return a.sections.length === b.sections.length && a.sections.every((it, at) => it === b.sections[at])
}

function overTls(exchange: Exchange, running: Running): Halt | undefined {
  const required = running.settings.sslRequired
  if (required === undefined || exchange.request.scheme === "https") return undefined
  const fact = new Facts().seen("request.scheme")
  const seen = new Map([[fact.name, { value: "http" }]])
  const checks = [check(fact, isScheme, following("https", required.source, "operator"))] as const
  return exchange.barred(running, checks, { cause: apacheSsl, status: 403, code: "AH02219" }, seen)
}
