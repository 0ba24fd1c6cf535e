import { cause } from "../cause.ts"
import { quoted } from "../quoted.ts"

export const accessToolNotAllowed = cause({
  code: "access/tool-not-allowed",
  status: 403,
  title: "The key may not use this tool",
  why: "A tool acts: it reads, writes and spends. Which key may call which tool is the operator's word, and a key for which nothing is written may call none.",
  explain: ([it]) =>
    it.required === undefined
      ? "The tool asked for is none of those the key was given."
      : `The tool asked for is ${quoted(it.required, "and")}, and the key was ${it.observed === undefined ? "not given it" : `given ${quoted(it.observed, "and")}`}.`,
  fix: [
    { by: "owner", does: "Use a key that was given the tool, or ask the gateway's operator for it" },
    {
      by: "operator",
      does: "Add a pattern for the tool to the `tools` of the key, or grant it as a scope, `tool:` and the pattern, with `pinpoint keys grant`",
    },
  ],
})
