import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const mcpHeaderMismatch = cause({
  code: "mcp/header-mismatch",
  status: 400,
  title: "The header fields of the request say other than its body",
  why: "Servers between a client and a tool choose by the fields, and the tool acts by the body. Where the two differ, one of them is deceived.",
  explain: ([it]) =>
    `The fields MCP-Protocol-Version, Mcp-Method and Mcp-Name repeat what the body says, and have to be there.${seen(it)}`,
  fix: [{ by: "caller", does: "Send the fields with the values of the body" }],
})
