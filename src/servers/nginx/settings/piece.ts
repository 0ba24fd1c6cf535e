import type { Directive, Gap, Word } from "../syntax/directive.ts"
import type { Gathered } from "../syntax/gather.ts"

/** The block that holds all servers, and what was assumed to make one of what was given. */
export interface Http {
  readonly http: Directive
  readonly assumed: readonly string[]
  readonly gaps: readonly Gap[]
}

/** Files nobody included stand where includes found nothing, as on the machine they came from. */
export function joined(http: Directive, strays: readonly Gathered[]): Http {
  const block = strays.flatMap((it) => it.directives).filter((it) => it.name === "server" || HTTP_ONLY.has(it.name))
  if (block.length === 0) return { http, assumed: [], gaps: http.gaps }
  const assumed = ["the files that are not included by name stand in `http`"]
  return { http: { ...http, block: [...(http.block ?? []), ...block] }, assumed, gaps: [] }
}

const HTTP_ONLY = new Set([
  "map",
  "geo",
  "upstream",
  "split_clients",
  "limit_req_zone",
  "limit_conn_zone",
  "log_format",
  "proxy_cache_path",
])
const MAIN_ONLY = new Set(["events", "user", "worker_processes", "pid", "load_module", "stream", "mail", "daemon"])
const LOCATION_ONLY = new Set([
  "limit_except",
  "internal",
  "alias",
  "proxy_pass",
  "fastcgi_pass",
  "uwsgi_pass",
  "scgi_pass",
])

/** Puts a piece into the blocks that must have stood around it. */
export function wrapped({ directives, gaps }: Gathered): Http {
  const found = directives.find((it) => it.name === "http")
  if (found !== undefined) return { http: found, assumed: [], gaps: found.gaps }
  const inner = directives.filter((it) => !MAIN_ONLY.has(it.name))
  const servers = inner.filter((it) => it.name === "server" || HTTP_ONLY.has(it.name))
  const rest = inner.filter((it) => !servers.includes(it))
  const [first] = rest
  if (first === undefined)
    return {
      http: around("http", servers),
      assumed: servers.length === 0 ? [] : ["these servers are all there are"],
      gaps,
    }
  const hasServer = servers.some((it) => it.name === "server")
  if (hasServer)
    return { http: around("http", [...servers, ...rest]), assumed: ["these servers are all there are"], gaps }
  const isInLocation = rest.some((it) => LOCATION_ONLY.has(it.name))
  const body = isInLocation ? [around("location", rest, [word("/", first)])] : rest
  const assumed = [
    isInLocation
      ? "these lines stand in a location that takes every path"
      : "these lines stand in the server that takes the request",
    "nothing else stands around them that refuses",
  ]
  return { http: around("http", [...servers, { ...around("server", body), gaps }]), assumed, gaps: [] }
}

function around(name: string, block: readonly Directive[], args: readonly Word[] = []): Directive {
  const [first] = block
  const at = first?.at ?? { file: "", line: 1, column: 1, path: "" }
  return {
    name,
    args,
    block,
    at,
    start: first?.start ?? 0,
    end: block.at(-1)?.end ?? 0,
    inside: first?.start ?? 0,
    gaps: [],
  }
}

const word = (text: string, { at, start }: Directive): Word => ({
  text,
  line: at.line,
  column: at.column,
  start,
  end: start,
})
