import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const mcpMethodUnknown = cause({
  code: "mcp/method-unknown",
  status: 404,
  title: "The gateway knows no such method",
  why: "A method that is not known cannot be judged: what it would do, and with whose tools, is not written in any rule.",
  explain: ([it]) => `Methods are those of the revision the request is made in.${seen(it)}`,
  fix: [
    {
      by: "caller",
      does: "Ask for a method of the revision; `server/discover` and `initialize` tell which revisions there are",
    },
  ],
})
