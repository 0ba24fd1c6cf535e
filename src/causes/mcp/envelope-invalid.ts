import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const mcpEnvelopeInvalid = cause({
  code: "mcp/envelope-invalid",
  status: 400,
  title: "The request does not say what each stateless request has to say",
  why: "Revision 2026-07-28 has no sessions: what a client speaks and what it can do stands in each request, and nothing is remembered in its place.",
  explain: ([it]) =>
    `The member \`params._meta\` has to hold the protocol version and the capabilities of the client.${seen(it)}`,
  fix: [
    {
      by: "caller",
      does: "Send `io.modelcontextprotocol/protocolVersion` and `io.modelcontextprotocol/clientCapabilities` in `params._meta`",
    },
  ],
})
