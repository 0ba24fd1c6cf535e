import type { Stop } from "../form/answer.ts"

interface Stopped {
  readonly stop: Stop
  /** In the provider's words, where the form has no word for it. */
  readonly detail?: string
}

/** `StopReason` of the SDK. */
export function readStop(reason: string | undefined, sequence: string | undefined): Stopped {
  switch (reason) {
    case "end_turn":
      return { stop: "end" }
    case "max_tokens":
    case "model_context_window_exceeded":
      return { stop: "length" }
    case "stop_sequence":
      return { stop: "stop-sequence", ...(sequence === undefined ? {} : { detail: sequence }) }
    case "tool_use":
      return { stop: "tool-calls" }
    case "pause_turn":
      return { stop: "pause" }
    case "refusal":
      return { stop: "refusal" }
    default:
      return { stop: "other", ...(reason === undefined ? {} : { detail: reason }) }
  }
}

/** Its reasons are a closed set, which SDKs check. */
export function writeStop(stop: Stop): string {
  switch (stop) {
    case "end":
    case "other":
      return "end_turn"
    case "length":
      return "max_tokens"
    case "stop-sequence":
      return "stop_sequence"
    case "tool-calls":
      return "tool_use"
    case "pause":
      return "pause_turn"
    case "refusal":
    case "filtered":
      return "refusal"
  }
}
