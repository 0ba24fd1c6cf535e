import type { Server } from "../../nginx/settings/server.ts"
import type { ServerRequest } from "../../request.ts"

/** A plain GET to a server, by its first name. */
export function askFor(server: Server, target: string, client = "192.0.2.1"): ServerRequest {
  const host = server.names.find((it) => /^[\w.-]+$/.test(it) && it !== "_" && !it.startsWith(".")) ?? "example.org"
  const [listen] = server.listens
  return {
    method: "GET",
    target,
    host,
    scheme: "http",
    port: listen?.port ?? 80,
    protocol: "HTTP/1.1",
    headers: [["Host", host]],
    client,
    ...(listen === undefined || listen.address === "*" || listen.address === "[::]" ? {} : { server: listen.address }),
  }
}
