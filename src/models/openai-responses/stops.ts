import type { Choice, Stop } from "../form/answer.ts"
import type { Losses } from "../form/losses.ts"
import { type JsonObject, objectOf, textOf } from "../json.ts"

/** What of an answer decides how it stopped, beside its status. */
export interface Said {
  readonly called: boolean
  readonly refused: boolean
}

export function readStop(response: JsonObject, said: Said): Pick<Choice, "stop" | "stopDetail"> {
  const status = textOf(response.status) ?? "completed"
  if (status === "completed") return { stop: said.called ? "tool-calls" : said.refused ? "refusal" : "end" }
  if (status !== "incomplete") return { stop: "other", stopDetail: status }
  const reason = textOf(objectOf(response.incomplete_details)?.reason) ?? "incomplete"
  if (reason === "max_output_tokens") return { stop: "length" }
  if (reason === "content_filter") return { stop: "filtered" }
  return reason === "pause" ? { stop: "pause" } : { stop: "other", stopDetail: reason }
}

/** The status of a response, and why it is incomplete. */
export function writeStop(
  stop: Stop,
  detail: string | undefined,
  { refused }: Said,
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
    case "refusal":
      if (refused) return { status: "completed", incomplete_details: null }
      return { status: "incomplete", incomplete_details: { reason: "content_filter" } }
    case "pause":
      return { status: "incomplete", incomplete_details: { reason: "pause" } }
    case "other":
      return { status: "incomplete", incomplete_details: { reason: detail ?? "other" } }
  }
}
