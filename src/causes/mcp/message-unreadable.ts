import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const mcpMessageUnreadable = cause({
  code: "mcp/message-unreadable",
  status: 400,
  title: "The body is not a message of the Model Context Protocol",
  why: "Which tool is meant, and so whether it may be called, stands in the body. What cannot be read cannot be decided, and guessing would be a way around every rule.",
  explain: ([it]) => `A message is one JSON-RPC 2.0 object in UTF-8.${seen(it)}`,
  fix: [{ by: "caller", does: "Send one JSON-RPC request, notification or response per POST, whole and in UTF-8" }],
})
