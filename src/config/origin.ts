import type { Origin } from "../http/client.ts"

/** An upstream's address taken apart, once, when the plan is built. */
export function originOf(address: string): { readonly origin: Origin; readonly basePath: string } {
  const url = new URL(address)
  const tls = url.protocol === "https:"
  const port = url.port === "" ? (tls ? 443 : 80) : Number(url.port)
  const hostname = url.hostname.replace(/^\[|\]$/g, "")
  const origin: Origin = Object.freeze({
    id: `${url.protocol}//${url.hostname}:${port}`,
    hostname,
    port,
    tls,
    authority: url.host,
  })
  return { origin, basePath: url.pathname.replace(/\/+$/, "") }
}
