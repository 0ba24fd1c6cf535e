import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const mcpServerUnavailable = cause({
  code: "mcp/server-unavailable",
  status: 502,
  title: "The server of the tool cannot be asked",
  why: "The gateway passes calls on and answers none of them itself. Where a server does not run, does not answer in time or answers something else than the protocol has, there is nothing to pass back.",
  explain: ([it]) =>
    `The request passed every rule, and its server gave no answer that could be used. Whether it acted on the request is not known.${seen(it)}`,
  fix: [
    { by: "caller", does: "Repeat the request later if doing it twice is harmless" },
    {
      by: "operator",
      does: "See that the server runs and speaks the protocol, at the place written under `mcp.servers`",
    },
  ],
})
