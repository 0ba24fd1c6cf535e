import type { Choice, Stop } from "../form/answer.ts"
import type { Losses } from "../form/losses.ts"
import { type JsonObject, objectOf, textOf } from "../json.ts"

/** The status tells less than the output: whether that has calls of functions, or a refusal. */
export function readStop(response: JsonObject, called: boolean, refused: boolean): Pick<Choice, "stop" | "stopDetail"> {
  const status = textOf(response.status) ?? "completed"
  if (status === "completed") return { stop: called ? "tool-calls" : refused ? "refusal" : "end" }
  if (status !== "incomplete") return { stop: "other", stopDetail: status }
  const reason = textOf(objectOf(response.incomplete_details)?.reason) ?? "incomplete"
  if (reason === "max_output_tokens") return { stop: "length" }
  if (reason === "content_filter") return { stop: "filtered" }
  return reason === "pause" ? { stop: "pause" } : { stop: "other", stopDetail: reason }
}

/** The status of a response, and why it is incomplete. `refused`: whether its output tells a refusal. */
export function writeStop(
  stop: Stop,
  detail: string | undefined,
  refused: boolean,
  losses: Losses,
): { readonly status: "completed" | "incomplete"; readonly incomplete_details: JsonObject | null } {
  if (detail !== undefined && stop !== "other" && stop !== "stop-sequence")
    losses.drop("stop reason", `it is told without its detail, ${detail}`)
  switch (stop) {
    case "stop-sequence":
      losses.drop("stop sequence", "a response does not tell that one was met")
      return { status: "completed", incomplete_details: null }
    case "end":
    case "tool-calls":
      return { status: "completed", incomplete_details: null }
    case "length":
      return { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } }
    case "filtered":
      return { status: "incomplete", incomplete_details: { reason: "content_filter" } }
    // A refusal that no part tells was one of a filter.
    case "refusal":
      if (refused) return { status: "completed", incomplete_details: null }
      return { status: "incomplete", incomplete_details: { reason: "content_filter" } }
    case "pause":
      return { status: "incomplete", incomplete_details: { reason: "pause" } }
    case "other":
      return { status: "incomplete", incomplete_details: { reason: detail ?? "other" } }
  }
}
