import type { Stop } from "../form/answer.ts"
import { type JsonObject, objectOf, textOf } from "../json.ts"

/** Where Claude tells the stop sequence it met, whole and in streams; asked for by name, as Converse has no place for it. */
export const STOP_SEQUENCE_PATHS = ["/stop_sequence", "/delta/stop_sequence"] as const

/** `StopReason` of the SDK. `fields` are `additionalModelResponseFields`. */
export function readStop(
  reason: string | undefined,
  fields: JsonObject | undefined,
): { readonly stop: Stop; readonly detail?: string } {
  switch (reason) {
    case "end_turn":
      return { stop: "end" }
    case "max_tokens":
    case "model_context_window_exceeded":
      return { stop: "length" }
    case "stop_sequence": {
      const detail = textOf(fields?.stop_sequence) ?? textOf(objectOf(fields?.delta)?.stop_sequence)
      return { stop: "stop-sequence", ...(detail === undefined ? {} : { detail }) }
    }
    case "tool_use":
      return { stop: "tool-calls" }
    case "guardrail_intervened":
    case "content_filtered":
      return { stop: "filtered", detail: reason }
    default:
      return { stop: "other", ...(reason === undefined ? {} : { detail: reason }) }
  }
}
