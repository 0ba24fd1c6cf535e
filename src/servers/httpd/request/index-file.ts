import type { Exchange } from "./exchange.ts"
import type { Halt } from "./halt.ts"
import { tooManyRequests } from "./inside.ts"
import { process } from "./process.ts"
import { Running } from "./running.ts"

/** Of a directory: a slash at the end of the path, and then the first index file that may be had (mod_dir `fixup_dir`). */
export function findIndex(exchange: Exchange, running: Running): Halt | undefined {
  if (running.found !== "directory" || running.proxied !== undefined || running.pathInfo !== "") return undefined
  const { index, slash } = running.settings
  if (!running.uri.endsWith("/")) {
    if (slash?.value === false) return undefined
    return { kind: "answered", status: 301, by: "redirect", at: slash?.source }
  }
  if (running.handler?.name === "redirect-handler") return undefined
  const names = index?.value ?? ["index.html"]
  let failure: Halt | undefined
  for (const name of names) {
    const inner = subrequest(exchange, running, name)
    const halt = tooManyRequests(exchange) ?? process(exchange, inner)
    if (halt?.kind === "unknown") return halt
    if (halt === undefined && (inner.found === "file" || inner.handler?.name === "proxy-server")) {
      take(running, inner)
      return undefined
    }
    if (halt === undefined) continue
    const status = halt.kind === "relayed" ? 200 : halt.status
    const isPassedOn = (status >= 300 && status < 400) || (status === 401 && names.length === 1)
    if (isPassedOn) return unmarked(halt)
    if (status !== 404 && status !== 200) failure = unmarked(halt)
  }
  return failure
}

/** Rules take the mark from the request for the index alone. */
const unmarked = (halt: Halt): Halt =>
  halt.kind === "refused" || halt.kind === "answered" ? { ...halt, isByRule: false } : halt

function subrequest(exchange: Exchange, running: Running, name: string): Running {
  const [path = "", query] = name.split("?", 2)
  const uri = path.startsWith("/")
    ? path
    : running.uri
        .slice(0, running.uri.lastIndexOf("/") + 1)
        .split("/")
        .map(encode)
        .join("/") + path
  const { environment } = running
  const args = running.args ?? query
  return new Running(
    { method: "GET", uri, target: uri, args, settings: exchange.server.settings, environment },
    { parent: running },
  )
}

const encode = (segment: string): string =>
  segment.replace(/[^A-Za-z0-9$\-_.+!*'(),:@&=~;]/g, (it) => `%${it.charCodeAt(0).toString(16).padStart(2, "0")}`)

/** The request goes on as the one that found the index (`ap_internal_fast_redirect`). */
function take(running: Running, inner: Running): void {
  running.uri = inner.uri
  running.args = inner.args
  running.filename = inner.filename
  running.pathInfo = inner.pathInfo
  running.found = inner.found
  running.settings = inner.settings
  running.sections = inner.sections
  running.environment = inner.environment
  running.user = inner.user
  running.handler = inner.handler
  running.isScriptAliased ||= inner.isScriptAliased
  running.proxied = inner.proxied
  running.redirected = inner.redirected
  running.isRewritten = inner.isRewritten
}
