import { cause } from "../cause.ts"
import { quoted } from "../quoted.ts"

export const accessPromptNotAllowed = cause({
  code: "access/prompt-not-allowed",
  status: 403,
  title: "The key may not use this prompt",
  why: "A prompt is part of what its server offers, and servers are given to keys by the operator, not by their being there.",
  explain: ([it]) =>
    it.required === undefined
      ? "The prompt asked for is none of those the key was given."
      : `The prompt asked for is ${quoted(it.required, "and")}, and the key was ${it.observed === undefined ? "not given it" : `given ${quoted(it.observed, "and")}`}.`,
  fix: [
    { by: "owner", does: "Use a key that was given the prompt, or ask the gateway's operator for it" },
    {
      by: "operator",
      does: "Add a pattern for the prompt to the `tools` of the key, or grant it as a scope, `tool:` and the pattern, with `pinpoint keys grant`",
    },
  ],
})
