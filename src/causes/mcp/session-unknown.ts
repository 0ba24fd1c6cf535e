import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const mcpSessionUnknown = cause({
  code: "mcp/session-unknown",
  status: 404,
  title: "There is no such session",
  why: "A session ends when its client ends it, when nothing was heard of it for long, and when the gateway stops. It is for the key that began it, and for no other.",
  explain: ([it]) =>
    `The session named by Mcp-Session-Id has ended, never was, or was begun with another key.${seen(it)}`,
  fix: [{ by: "caller", does: "Send `initialize` for a new session, without the field Mcp-Session-Id" }],
})
