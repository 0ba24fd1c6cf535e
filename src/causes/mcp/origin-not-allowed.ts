import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const mcpOriginNotAllowed = cause({
  code: "mcp/origin-not-allowed",
  status: 403,
  title: "The page that asks is of another site",
  why: "A browser sends the credentials and the network position of whoever reads a page along with what the page asks for. A page of a stranger that may ask calls tools in the name of its reader, which is what DNS rebinding is about.",
  explain: ([it]) =>
    `The field Origin names a site that is neither this gateway nor among the origins allowed.${seen(it)}`,
  fix: [
    { by: "caller", does: "Ask without a browser, or from a page of the gateway itself" },
    { by: "operator", does: "Add the page's origin to `mcp.origins`" },
  ],
})
