import type { Choice, Stop } from "../form/answer.ts"
import type { Losses } from "../form/losses.ts"
import { type JsonObject, textOf } from "../json.ts"

export interface Stopped {
  readonly stop: Stop
  readonly detail?: string
}

/**
 * Why a choice ended. `length` and `content_filter` are OpenAI's, `model_length` is Mistral's, `eos` Together's, `stop_reason`
 * (the sequence that was met) vLLM's, `native_finish_reason` OpenRouter's. A choice with calls that ends in `stop` ended for
 * its calls: OpenAI says `stop` where the tool was named, others always.
 */
export function readStop(choice: JsonObject, hasCalls: boolean, hasRefusal: boolean): Stopped {
  const reason = textOf(choice.finish_reason)
  const native = textOf(choice.native_finish_reason)
  switch (reason) {
    case "stop":
    case "eos":
    case "stop_sequence": {
      if (hasCalls) return { stop: "tool-calls" }
      if (hasRefusal) return { stop: "refusal" }
      const sequence = textOf(choice.stop_reason)
      if (sequence !== undefined) return { stop: "stop-sequence", detail: sequence }
      // A provider's own reason that was told as `stop`, which we write so ourselves.
      if (native !== undefined && OWN_WORDS.has(native)) return { stop: native === "pause" ? "pause" : "refusal" }
      return { stop: "end" }
    }
    case "length":
    case "model_length":
    case "max_tokens":
      return { stop: "length" }
    case "tool_calls":
    case "function_call":
      return { stop: "tool-calls" }
    case "content_filter":
      if (native === "refusal") return { stop: "refusal" }
      return { stop: "filtered", ...(native === undefined ? {} : { detail: native }) }
    case undefined:
      return { stop: "other" }
    default:
      return { stop: "other", detail: native ?? reason }
  }
}

const OWN_WORDS: ReadonlySet<string> = new Set(["pause", "refusal"])

/** The members of a choice that tell why it ended; `finish_reason` is one of those OpenAI's SDKs know. */
export function writeStop(
  { stop, stopDetail }: Pick<Choice, "stop" | "stopDetail">,
  hasRefusal: boolean,
  isLegacy: boolean,
  losses: Losses,
): JsonObject {
  switch (stop) {
    case "end":
      return { finish_reason: "stop" }
    case "length":
      return { finish_reason: "length" }
    case "tool-calls":
      return { finish_reason: isLegacy ? "function_call" : "tool_calls" }
    case "stop-sequence":
      return { finish_reason: "stop", ...(stopDetail === undefined ? {} : { stop_reason: stopDetail }) }
    case "filtered":
      return { finish_reason: "content_filter", ...native(stopDetail) }
    case "refusal":
      return hasRefusal
        ? { finish_reason: "stop" }
        : { finish_reason: "content_filter", native_finish_reason: "refusal" }
    case "pause":
      losses.drop("stop reason pause", "OpenAI's chat has no paused turns; it is told as stop")
      return { finish_reason: "stop", native_finish_reason: "pause" }
    case "other":
      losses.drop(`stop reason ${stopDetail ?? "unknown"}`, "OpenAI's chat does not know it; it is told as stop")
      return { finish_reason: "stop", ...native(stopDetail) }
  }
}

const native = (detail: string | undefined): JsonObject =>
  detail === undefined ? {} : { native_finish_reason: detail }
