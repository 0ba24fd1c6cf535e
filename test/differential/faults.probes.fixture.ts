import type { ServerRequest } from "../../src/servers/request.ts"
import type { Random } from "../random.fixture.ts"
import { HOSTS, PATHS } from "./faults.tree.fixture.ts"

const AGENTS = ["Mozilla/5.0 (X11; Linux x86_64)", "curl/8.5.0", "Googlebot/2.1", "monitor/1.0"] as const
const REFERERS = ["http://www.test/", "https://elsewhere.example/page", ""] as const
const PROXIED = ["/api/items", "/api/users/7", "/api/", "/health"] as const
const CREDENTIALS = `Basic ${Buffer.from("ann:right").toString("base64")}`
const PROBES = 45

/** Requests as different people send them to all that a site has. */
export function drawProbes(random: Random, port: number): readonly ServerRequest[] {
  const paths = [...PATHS, ...PROXIED, ...PROXIED] as const
  return Array.from({ length: PROBES }, () => {
    const host = random.of(HOSTS)
    const target: string = random.of([paths[0], ...paths])
    const method = target.startsWith("/api/")
      ? random.of(["GET", "POST", "POST", "PUT", "DELETE"])
      : random.of(["GET", "GET", "GET", "GET", "HEAD"])
    const referer = random.of(REFERERS)
    const headers: (readonly [string, string])[] = [
      ["Host", host],
      ["Connection", "close"],
      ["User-Agent", random.of(AGENTS)],
      ...(referer === "" ? [] : [["Referer", referer] as const]),
      ...(target.startsWith("/private") && random.is(0.8) ? [["Authorization", CREDENTIALS] as const] : []),
      ...(method === "POST" || method === "PUT" ? [["Content-Length", "0"] as const] : []),
    ]
    const client = `127.0.0.${2 + random.below(6)}`
    return { method, target, host, scheme: "http", port, protocol: "HTTP/1.1", headers, client, server: "127.0.0.1" }
  })
}
