/** The parts of a URL as written: nothing is decoded, and no dot segment removed. */
export interface SeenUrl {
  readonly scheme: "http" | "https"
  /** As written, an IPv6 address in brackets. */
  readonly host: string
  /** The scheme's own where none is written. */
  readonly port: number
  /** Path and query, at least `/`; without fragment. */
  readonly target: string
  readonly hasUserinfo: boolean
}

const URL_FORM = /^(https?|wss?):\/\/([^/?#\s]*)([^#\s]*)/i

/** What `text` says as an absolute URL, or as `host/path` where a scheme is given to assume. */
export function readUrl(text: string, assumed?: "http" | "https"): SeenUrl | undefined {
  const match = URL_FORM.exec(text)
  if (match === null) return assumed === undefined || text.includes("://") ? undefined : bare(text, assumed)
  const [, scheme = "", authority = "", target = ""] = match
  const secure = /^(?:https|wss)$/i.test(scheme)
  const at = authority.lastIndexOf("@")
  const place = readHost(authority.slice(at + 1))
  if (place === undefined) return undefined
  return {
    scheme: secure ? "https" : "http",
    host: place.host,
    port: place.port ?? (secure ? 443 : 80),
    target: target.startsWith("/") ? target : `/${target}`,
    hasUserinfo: at >= 0,
  }
}

const bare = (text: string, assumed: "http" | "https"): SeenUrl | undefined =>
  /^[A-Za-z0-9_.[\]:-]{1,300}(?:[/?#]|$)/.test(text) ? readUrl(`${assumed}://${text}`) : undefined

/** `host`, `host:port`, `[::1]:port`. */
export function readHost(text: string): { readonly host: string; readonly port?: number } | undefined {
  const match = /^(\[[0-9A-Fa-f:.%]{2,60}\]|[^\s:[\]/@]{1,255})(?::(\d{0,5}))?$/.exec(text.trim())
  const host = match?.[1]
  if (match === null || host === undefined) return undefined
  const port = match[2] === undefined || match[2] === "" ? undefined : Number(match[2])
  return port === undefined || port > 65_535 ? { host } : { host, port }
}

/** The path as most clients send it: `/a/../b` is `/b` (RFC 3986, section 5.2.4); the query stays. */
export function withoutDotSegments(target: string): string {
  const query = target.indexOf("?")
  const path = query < 0 ? target : target.slice(0, query)
  if (!path.includes("/.")) return target
  const kept: string[] = []
  const segments = path.split("/")
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1
    if (segment === "..") kept.length > 1 && kept.pop()
    else if (segment !== ".") kept.push(segment)
    if (isLast && (segment === ".." || segment === ".")) kept.push("")
  }
  return `${kept.length === 1 ? "/" : kept.join("/")}${query < 0 ? "" : target.slice(query)}`
}
