import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const mcpVersionUnsupported = cause({
  code: "mcp/version-unsupported",
  status: 400,
  title: "The gateway does not speak this revision of the protocol",
  why: "To answer a revision that is not known by the rules of another would be a guess that fails later and elsewhere.",
  explain: ([it]) =>
    `The revisions spoken here are 2026-07-28 in each request, and 2025-11-25, 2025-06-18 and 2025-03-26 in sessions.${seen(it)}`,
  fix: [{ by: "caller", does: "Ask in one of these revisions" }],
})
