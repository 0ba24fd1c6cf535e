import { dirname, resolve } from "node:path"
import { keyAuth } from "../policies/key-auth/key-auth.ts"
import { bind } from "../policies/policy.ts"
import type { Document } from "../text/document.ts"
import type { ConfigFault } from "../text/fault.ts"
import { messageClauses, toolClauses } from "./mcp-clauses.ts"
import { idlePatterns } from "./mcp-lint.ts"
import type { McpPlan, McpServerPlan } from "./mcp-plan.ts"
import type { McpSettings } from "./mcp-schema.ts"
import { originOf } from "./origin.ts"
import { parsePattern } from "./pattern.ts"
import type { PlacedPolicy } from "./policy-clauses.ts"
import type { RouteGroup } from "./route-groups.ts"

/**
 * The endpoint of the Model Context Protocol. It asks for a key even where no policy does, unless something is written that
 * anyone may use: an open door to tools is an open door to what they do.
 */
export function mcpGroup(
  settings: McpSettings,
  keys: readonly { readonly tools: readonly string[] }[],
  document: Document,
  everywhere: readonly PlacedPolicy[],
  faults: ConfigFault[],
): RouteGroup {
  const source = document.sourceAt(["mcp"])
  const pattern = parsePattern(settings.path)
  if ("fault" in pattern) throw new Error(pattern.fault)
  const sources = {
    servers: document.sourceAt(["mcp", "servers"]),
    tools: document.sourceAt(["mcp", "tools"]),
    message: document.sourceAt(["mcp", "message"]),
  }
  const isOpen = settings.tools.length > 0 || everywhere.some(({ policy }) => policy.places !== undefined)
  const asking: readonly PlacedPolicy[] = isOpen ? [] : [{ policy: bind(keyAuth, {}), path: ["mcp"] }]
  const tools: PlacedPolicy = {
    path: ["mcp"],
    policy: {
      name: "mcp",
      places: undefined,
      clauses: ({ identity }) => toolClauses(identity, settings, sources),
    },
  }
  const plan = mcpPlan(settings, document, faults)
  faults.push(...idlePatterns(plan, keys, document))
  return {
    source,
    routes: [{ id: "mcp", pattern, host: undefined, methods: ["GET", "POST", "DELETE"], source }],
    policies: [...asking, ...everywhere, tools],
    extra: messageClauses(settings.message, sources),
    destination: (identity) => ({ kind: "mcp", plan, places: identity?.places }),
  }
}

function mcpPlan(settings: McpSettings, document: Document, faults: ConfigFault[]): McpPlan {
  const { tools, origins, message, timeout, session, sessions } = settings
  const servers = Object.entries(settings.servers).map(([name, it]): McpServerPlan => {
    const common = { name, prefix: it.prefix ?? `${name}__` }
    const { command, url } = it
    if (command !== undefined) return { ...common, kind: "stdio", command, env: it.env ?? {}, cwd: it.cwd }
    if (url === undefined) throw new Error("a server has neither a command nor a url")
    const { origin } = originOf(url)
    const { pathname, search } = new URL(url)
    const at = { ...common, origin, headers: it.headers ?? {} }
    if (it.openapi === undefined) return { ...at, kind: "http", path: pathname + search }
    const file = resolve(dirname(document.file), it.openapi)
    return { ...at, kind: "openapi", basePath: pathname.replace(/\/+$/, ""), file }
  })
  for (const [i, { name, prefix }] of servers.entries()) {
    const twin = servers.slice(0, i).find((it) => it.prefix === prefix)
    if (twin !== undefined)
      faults.push({
        severity: "error",
        source: document.sourceAt(["mcp", "servers", name]),
        message: `the names of "${name}" begin as those of "${twin.name}" do: with ${prefix === "" ? "no prefix" : `"${prefix}"`}`,
        hint: "give each server a prefix of its own",
      })
  }
  return { servers, tools, origins, message, timeout, session, sessions }
}
