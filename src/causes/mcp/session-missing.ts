import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const mcpSessionMissing = cause({
  code: "mcp/session-missing",
  status: 400,
  title: "The request belongs to no session",
  why: "Up to revision 2025-11-25 a client introduces itself once, and its session remembers what it can do. Without one, nobody knows.",
  explain: ([it]) =>
    `Neither the field Mcp-Session-Id was sent, nor a request of revision 2026-07-28, which needs none.${seen(it)}`,
  fix: [{ by: "caller", does: "Send `initialize` first, and its answer's `Mcp-Session-Id` from then on" }],
})
