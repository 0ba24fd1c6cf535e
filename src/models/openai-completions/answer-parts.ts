import type { Stop, TokenLogprob } from "../form/answer.ts"
import type { PartStart } from "../form/events.ts"
import type { Losses } from "../form/losses.ts"
import type { JsonObject } from "../json.ts"

/** Whether a part is told as the completion's text; what is not is named as lost. */
export function isTold(part: PartStart, losses: Losses): boolean {
  switch (part.kind) {
    case "text":
    case "refusal":
      return true
    case "reasoning":
      losses.drop("thoughts", "completions are only text")
      return false
    case "tool-call":
      losses.drop("tool calls", "completions are only text")
      return false
    case "made":
      losses.drop("made media", "completions are only text")
      return false
    case "opaque":
      losses.drop(part.part.what, "completions are only text")
      return false
  }
}

/** `finish_reason` of `CompletionChoice`. */
export function reasonOf(stop: Stop, losses: Losses): "stop" | "length" | "content_filter" {
  switch (stop) {
    case "length":
      return "length"
    case "filtered":
    case "refusal":
      return "content_filter"
    case "end":
    case "stop-sequence":
    case "tool-calls":
      return "stop"
    case "pause":
    case "other":
      losses.drop(`stop reason ${stop}`, "completions do not know it; it is told as stop")
      return "stop"
  }
}

/** `CompletionChoice.Logprobs`. @param offset where the first token begins in the text. */
export function logprobsOf(tokens: readonly TokenLogprob[], offset: number): JsonObject {
  let at = offset
  const offsets = tokens.map(({ token }) => {
    const begins = at
    at += token.length
    return begins
  })
  return {
    tokens: tokens.map(({ token }) => token),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map(({ top }) => Object.fromEntries(top.map(({ token, logprob }) => [token, logprob]))),
    text_offset: offsets,
  }
}
