import { check, following } from "../../../decision/check.ts"
import { absent } from "../../../decision/relations.ts"
import type { Source } from "../../../decision/source.ts"
import { apacheMapFail } from "../../../foreign/apache/map-fail.ts"
import { apacheRedirect403 } from "../../../foreign/apache/redirect-403.ts"
import { fromBytes, toBytes } from "../../values/bytes.ts"
import { apacheBadRequest } from "../access/causes.ts"
import { matchesNot } from "../access/relations.ts"
import { Facts } from "../access/world.ts"
import { cleanPath } from "../language/path-text.ts"
import { applyRules } from "../rewrite/apply.ts"
import type { Rule } from "../rewrite/rule.ts"
import type { Redirect } from "../settings/settings.ts"
import { mapped } from "./alias.ts"
import { BUILT_IN, type Exchange } from "./exchange.ts"
import { type Halt, unknown } from "./halt.ts"
import type { Running } from "./running.ts"

/** Finds the file a path stands for: rules of the server, servers behind it, redirects, aliases, the document root. */
export function translate(exchange: Exchange, running: Running): Halt | undefined {
  const rewritten = rewrite(exchange, running)
  if (rewritten !== "on") return rewritten
  const proxied = passOn(exchange, running)
  if (proxied !== "on") return proxied
  const { userDirectories } = exchange.server
  if (userDirectories !== undefined && running.uri.startsWith("/~"))
    return unknown("where the user's directory is", "UserDir is not judged here", userDirectories)
  const aliased = redirectOrAlias(exchange, running)
  return aliased === "on" ? underRoot(exchange, running, running.uri) : aliased
}

/** `on`: the next in line is asked. */
type Outcome = Halt | undefined | "on"

function rewrite(exchange: Exchange, running: Running): Outcome {
  const rules = exchange.server.rewriting?.rules ?? []
  if (
    running.settings.rewriting?.isOn?.value !== true ||
    running.isRewritten ||
    exchange.server.rewriting === undefined
  )
    return "on"
  if (!running.uri.startsWith("/")) return "on"
  running.filename = running.uri
  const applied = applyRules(exchange, running, rules, undefined)
  if (applied.kind === "halted") return applied.halt
  if (applied.kind === "untouched") {
    running.filename = undefined
    return "on"
  }
  const name = running.filename ?? ""
  const { rule, status } = applied
  if (applied.proxies) return proxy(running, name, rule.source)
  if (status !== undefined) return { kind: "answered", status, by: "redirect", at: rule.source, isByRule: true }
  if (applied.passes) {
    running.uri = name
    running.filename = undefined
    return "on"
  }
  return localName(exchange, running, name, rule)
}

function proxy(running: Running, to: string, source: Source): undefined {
  running.proxied = { to, source }
  running.handler = { name: "proxy-server", source }
  running.filename = `proxy:${to}`
  return undefined
}

/** A name a rule left is a path of the file system where its first part is there, else one below the document root. */
function localName(exchange: Exchange, running: Running, name: string, rule: Rule): Outcome {
  if (!name.startsWith("/")) return badRequest(exchange, running, name)
  const first = /^\/[^/]*/.exec(name)?.[0] ?? "/"
  const walked = exchange.walk(first, "exists")
  if (walked.kind === "unsure") return unknown(`whether ${first} is there`, "a rule leads there", rule.source)
  const root = exchange.server.root?.value
  const isLiteral = rule.to?.startsWith(first) === true || (root !== undefined && isBelow(name, root))
  if (walked.kind === "reached" && isLiteral) {
    running.filename = name
    return undefined
  }
  return underRoot(exchange, running, name)
}

const isBelow = (path: string, root: string): boolean => path.startsWith(toBytes(root))

function passOn(exchange: Exchange, running: Running): Outcome {
  if (running.environment.has("no-proxy")) return "on"
  for (const { from, source, to } of exchange.server.proxied) {
    const target = mapped(running.uri, from, to)
    if (target === "unknown") return unknown("whether the path is passed on", "its pattern is not judged here", source)
    if (target === undefined) continue
    if (to === "!") return "on"
    return proxy(running, target === to && typeof from !== "string" ? to + running.uri : target, source)
  }
  return "on"
}

function redirectOrAlias(exchange: Exchange, running: Running): Outcome {
  const whole = running.settings.redirect
  if (whole !== undefined) return redirected(exchange, running, whole)
  const redirect = firstRedirect(running, exchange.server.redirects)
  if (redirect !== undefined) return "kind" in redirect ? redirect : redirected(exchange, running, redirect)
  for (const alias of exchange.server.aliases) {
    const path = mapped(running.uri, alias.from, toBytes(alias.to))
    if (path === "unknown")
      return unknown("whether an alias is for the path", "its pattern is not judged here", alias.source)
    if (path === undefined) continue
    running.filename = path.startsWith("/") ? path : `/${path}`
    if (typeof alias.from === "string") running.context = { prefix: alias.from, root: toBytes(alias.to) }
    if (alias.isScript) {
      running.handler = { name: "cgi-script", source: alias.source }
      running.isScriptAliased = true
    }
    return undefined
  }
  return "on"
}

/** The first redirect that is for the path; a halt where that cannot be told. */
export function firstRedirect(running: Running, redirects: readonly Redirect[]): Redirect | Halt | undefined {
  for (const redirect of redirects) {
    const { from, source } = redirect
    const target = from === undefined ? "" : mapped(running.uri, from, "")
    if (target === "unknown")
      return unknown("whether a redirect is for the path", "its pattern is not judged here", source)
    if (target !== undefined) return redirect
  }
  return undefined
}

export function redirected(exchange: Exchange, running: Running, { from, source, status }: Redirect): Halt {
  if (status !== 403) {
    const by = status >= 300 && status < 400 ? "redirect" : "return"
    return { kind: "answered", status, by, at: source }
  }
  const fact = new Facts().seen("request.path")
  const pattern = from === undefined ? "" : typeof from === "string" ? `^${literally(from)}` : from.written
  const seen = new Map([[fact.name, { value: running.uri }]])
  const checks = [check(fact, matchesNot, following(pattern, source, "operator"))] as const
  return exchange.barred(running, checks, { cause: apacheRedirect403, status: 403, code: undefined }, seen)
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/\/+/g, "/+")

function badRequest(exchange: Exchange, running: Running, name: string): Halt {
  const fact = new Facts().seen("request.path")
  const seen = new Map([[fact.name, { value: name }]])
  const checks = [check(fact, absent, following(null, BUILT_IN, "operator"))] as const
  return exchange.barred(running, checks, { cause: apacheBadRequest, status: 400, code: undefined }, seen)
}

/** server/core.c `ap_core_translate` */
function underRoot(exchange: Exchange, running: Running, uri: string): Halt | undefined {
  const { root } = exchange.server
  if (!uri.startsWith("/")) return badRequest(exchange, running, uri)
  if (root === undefined) return unknown("where the document root is", "no DocumentRoot was given")
  const path = cleanPath(`${toBytes(root.value)}/${uri.replace(/^\/+/, "")}`)
  if (isMappable(uri) && path.length < LONGEST_PATH) {
    running.filename = path
    return undefined
  }
  const fact = new Facts().seen("request.path")
  const seen = new Map([[fact.name, { value: fromBytes(uri.slice(0, 200)) }]])
  const checks = [check(fact, absent, following(null, root.source, "operator"))] as const
  return exchange.barred(running, checks, { cause: apacheMapFail, status: 403, code: "AH00127" }, seen)
}

/** Of a path with `APR_PATH_MAX` bytes or more nothing is looked for. */
const LONGEST_PATH = 4096

/** Above the root it was normalised before, so only what a rule wrote can lead there. */
const isMappable = (uri: string): boolean => !/(?:^|\/)\.\.(?:\/|$)/.test(uri)
