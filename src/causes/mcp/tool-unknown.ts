import { cause } from "../cause.ts"
import { quoted } from "../quoted.ts"

export const mcpToolUnknown = cause({
  code: "mcp/tool-unknown",
  status: 404,
  title: "There is no tool of this name",
  why: "Names are those that `tools/list` gives, with the prefix of their server. Another name is not passed on in the hope that some server knows it.",
  explain: ([it]) =>
    it.observed === undefined
      ? "The tool asked for is none of those there are."
      : `The tool asked for is ${quoted(it.observed, "and")}, which is none of those that may be called.${it.required === undefined || it.required === "nothing" ? "" : ` Most like it: ${quoted(it.required, "and")}.`}`,
  fix: [
    { by: "caller", does: "Ask for a tool that `tools/list` lists" },
    { by: "operator", does: "See under `mcp.servers` whether the server that should offer it is there" },
  ],
})
