import { type Directive, sourceOf } from "../language/directive.ts"
import { pathFrom } from "../language/path-text.ts"
import { isOn } from "./core-directives.ts"
import { type Context, grown, type Handler, type Handlers } from "./draft.ts"
import { patternOf } from "./pattern.ts"
import type { Redirect } from "./settings.ts"

const alias =
  (isScript: boolean, isPattern: boolean): Handler =>
  (directive, { server, settings, kind, serverRoot }) => {
    const [from, to] = directive.words
    if (kind !== "server" && to === undefined) {
      settings.outside = grown(settings.outside, {
        key: directive.key,
        what: directive.text,
        source: sourceOf(directive),
      })
      return undefined
    }
    if (kind !== "server") return `${directive.name} cannot occur within this section`
    if (from === undefined || to === undefined) return `${directive.name} takes two arguments`
    server.aliases.push({
      from: isPattern ? patternOf(from.text) : from.text,
      to: isPattern ? to.text : pathFromKeepingSlash(serverRoot, to.text),
      isScript,
      source: sourceOf(directive),
    })
    return undefined
  }

const pathFromKeepingSlash = (serverRoot: string, path: string): string =>
  path.startsWith("/") ? path : pathFrom(serverRoot, path)

const NAMED: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 }

/** mod_alias `add_redirect_internal`: an optional status, a path or pattern, and a target for statuses that redirect. */
function redirect(directive: Directive, context: Context, isPattern: boolean, fixed?: number): string | undefined {
  const words = directive.words.map((it) => it.text)
  const [first = ""] = words
  const said = fixed ?? NAMED[first.toLowerCase()] ?? (/^\d+$/.test(first) ? Number(first) : undefined)
  const hasStatus = said !== undefined && fixed === undefined
  const [from, to] = hasStatus ? words.slice(1) : words
  const status = said ?? 302
  const redirects = status >= 300 && status < 400
  const source = sourceOf(directive)
  if (context.path !== undefined && fixed === undefined) {
    const isWhole = hasStatus
      ? redirects
        ? from !== undefined && to === undefined
        : from === undefined
      : to === undefined
    if (isWhole) {
      const target = redirects ? from : undefined
      context.settings.redirect = { from: undefined, to: target, status, source }
      return undefined
    }
  }
  if (from === undefined || status < 100 || status > 999) return `${directive.name}: invalid arguments`
  if (redirects && to === undefined) return "URL to redirect to is missing"
  if (redirects && !isPattern && to !== undefined && !to.startsWith("/") && !/^[a-z][a-z0-9+.-]*:\/\//i.test(to))
    return "Redirect to non-URL"
  if (!redirects && to !== undefined) return "Redirect URL not valid for this status"
  const made: Redirect = { from: isPattern ? patternOf(from) : from, to, status, source }
  if (context.path === undefined) context.server.redirects.push(made)
  else context.settings.redirects = grown(context.settings.redirects, made)
  return undefined
}

const proxyPass =
  (isPattern: boolean): Handler =>
  (directive, { server, kind, path, settings }) => {
    const words = directive.words.map((it) => it.text)
    const source = sourceOf(directive)
    if (kind !== "server" && kind !== "location") return undefined
    const [from, to] = kind === "location" ? [path, words[0]] : words
    if (from === undefined || to === undefined) return "ProxyPass needs a path and a URL"
    if (kind === "location") settings.proxied = [{ value: to, source }, ...(settings.proxied ?? [])]
    server.proxied.push({ from: isPattern ? patternOf(from) : from, to, source })
    return undefined
  }

export const MAPPING_DIRECTIVES: Handlers = {
  alias: alias(false, false),
  aliasmatch: alias(false, true),
  scriptalias: alias(true, false),
  scriptaliasmatch: alias(true, true),
  redirect: (directive, context) => redirect(directive, context, false),
  redirectmatch: (directive, context) => redirect(directive, context, true),
  redirectpermanent: (directive, context) => redirect(directive, context, false, 301),
  redirecttemp: (directive, context) => redirect(directive, context, false, 302),
  proxypass: proxyPass(false),
  proxypassmatch: proxyPass(true),
  servername: (directive, { server }) => {
    server.name = (directive.words[0]?.text ?? "").replace(/^[a-z]+:\/\//i, "").replace(/:\d+$/, "")
    return undefined
  },
  serveralias: (directive, { server }) => {
    server.aliasNames.push(...directive.words.map((it) => it.text))
    return undefined
  },
  documentroot: (directive, { server, serverRoot }) => {
    server.root = { value: pathFrom(serverRoot, directive.words[0]?.text ?? ""), source: sourceOf(directive) }
    return undefined
  },
  accessfilename: (directive, { server }) => {
    server.accessFiles = directive.words.map((it) => it.text)
    return undefined
  },
  mergeslashes: (directive, { server }) => {
    server.mergesSlashes = isOn(directive.words[0]?.text)
    return undefined
  },
  allowencodedslashes: (directive, { server }) => {
    const said = directive.words[0]?.text.toLowerCase()
    server.encodedSlashes = said === "on" ? "on" : said === "nodecode" ? "nodecode" : "off"
    return undefined
  },
  traceenable: (directive, { server }) => {
    server.tracing = isOn(directive.words[0]?.text)
    return undefined
  },
  sslengine: (directive, { server }) => {
    server.hasTls = isOn(directive.words[0]?.text)
    return undefined
  },
  userdir: (directive, { server }) => {
    const isOff = directive.words[0]?.text.toLowerCase() === "disabled" && directive.words.length === 1
    server.userDirectories = isOff ? undefined : sourceOf(directive)
    return undefined
  },
  remoteipheader: (directive, { server }) => {
    server.remote.header = directive.words[0]?.text.toLowerCase()
    return undefined
  },
  remoteipinternalproxy: (directive, { server }) => {
    for (const { text } of directive.words) server.remote.trusted.push({ network: text, isInternal: true })
    return undefined
  },
  remoteiptrustedproxy: (directive, { server }) => {
    for (const { text } of directive.words) server.remote.trusted.push({ network: text, isInternal: false })
    return undefined
  },
  // Read where they matter: of the whole configuration, or of nothing that is judged.
  listen: () => undefined,
  user: () => undefined,
  group: () => undefined,
  serverroot: () => undefined,
}
