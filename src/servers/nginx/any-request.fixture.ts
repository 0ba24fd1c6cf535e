import type { Entry, FileTree } from "../files/tree.ts"
import type { ServerRequest } from "../request.ts"
import { type NginxConfiguration, readNginx } from "./configuration.ts"
import { judgeNginx } from "./judge.ts"
import type { NginxMachine } from "./run/exchange.ts"

export const FILE = "/etc/nginx/nginx.conf"

/** A request of a stranger to `a.test`, but for what is told. */
export const asked = (target: string, but: Partial<ServerRequest> = {}): ServerRequest => ({
  method: "GET",
  target,
  host: "a.test",
  scheme: "http",
  port: 80,
  protocol: "HTTP/1.1",
  headers: [["Host", "a.test"]],
  client: "192.0.2.7",
  ...but,
})

/** A tree of paths and modes; those with a slash at their end are directories. Nothing else is there. */
function treeOf(paths: Readonly<Record<string, number>>): FileTree {
  const entries = new Map<string, Entry>()
  for (const [path, mode] of Object.entries({ "/": 0o755, ...paths })) {
    const bare = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path
    entries.set(bare, {
      kind: path.endsWith("/") ? "directory" : "file",
      mode,
      user: 0,
      group: 0,
      source: { file: bare, path: "mode" },
    })
  }
  return {
    at: (path) => entries.get(path) ?? "absent",
    names: (path) => {
      const base = path === "/" ? "/" : `${path}/`
      return [...entries.keys()]
        .filter((it) => it.startsWith(base) && it !== path && !it.slice(base.length).includes("/"))
        .map((it) => it.slice(base.length))
    },
  }
}

export const machineWith = (paths: Readonly<Record<string, number>> = {}): NginxMachine => ({
  files: treeOf(paths),
  reader: { user: 33, group: 33, groups: [33], isRoot: false },
})

export const configured = (text: string): NginxConfiguration => readNginx([{ file: FILE, text }])

/** In short what is judged: `403 nginx/deny-rule http.server[0].deny[0]`, `200 file`, `relays`, `unknown …`. */
export function short(configuration: NginxConfiguration, machine: NginxMachine, request: ServerRequest): string {
  const judged = judgeNginx(configuration, machine, request)
  switch (judged.kind) {
    case "answers":
      return `${judged.status} ${judged.by}`
    case "refuses":
      return `${judged.status} ${judged.denial.cause.code} ${judged.denial.evidence[0].source.path}`
    case "relays":
      return `relays to ${judged.to}`
    case "unknown":
      return `unknown ${judged.needs[0].what}`
  }
}
