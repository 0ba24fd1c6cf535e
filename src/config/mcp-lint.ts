import { closest } from "../text/closest.ts"
import type { Document } from "../text/document.ts"
import type { ConfigFault } from "../text/fault.ts"
import type { Path } from "../text/path.ts"
import type { McpPlan } from "./mcp-plan.ts"

/** Patterns that stand for no name any server can have. What a server offers is not known here, its prefix is. */
export function* idlePatterns(
  { servers, tools }: McpPlan,
  keys: readonly { readonly tools: readonly string[] }[],
  document: Document,
): Generator<ConfigFault> {
  const prefixes = servers.map(({ prefix }) => prefix)
  const longest = Math.max(...prefixes.map((it) => it.length))
  const places: readonly (readonly [Path, string])[] = [
    ...tools.map((it, i) => [["mcp", "tools", i], it] as const),
    ...keys.flatMap((key, at) => key.tools.map((it, i) => [["keys", at, "tools", i], it] as const)),
  ]
  for (const [path, pattern] of places) {
    const [head = ""] = pattern.split("*")
    const isOpen = pattern.includes("*")
    if (prefixes.some((it) => head.startsWith(it) || (isOpen && it.startsWith(head)))) continue
    const meant = closest(head.slice(0, longest), prefixes)
    yield {
      severity: "warning",
      source: document.sourceAt(path),
      message: `no server has names such as ${pattern}`,
      expected: `a name that begins with ${prefixes.join(" or ")}`,
      ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }),
    }
  }
}
