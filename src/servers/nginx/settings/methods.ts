/** Methods nginx knows (src/http/ngx_http_core_module.c `ngx_methods_names`); any other is none of them. */
const KNOWN = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "MKCOL",
  "COPY",
  "MOVE",
  "OPTIONS",
  "PROPFIND",
  "PROPPATCH",
  "LOCK",
  "UNLOCK",
  "PATCH",
])

export const isKnownMethod = (method: string): boolean => KNOWN.has(method)

/** Methods a `limit_except` leaves alone: HEAD goes with GET. */
export function methodsExcepted(words: readonly string[]): readonly string[] {
  const named = words.map((it) => it.toUpperCase()).filter((it) => KNOWN.has(it))
  return named.includes("GET") && !named.includes("HEAD") ? [...named, "HEAD"] : named
}
