import type { Choice, Stop } from "../form/answer.ts"
import type { Losses } from "../form/losses.ts"

/** https://ai.google.dev/api/generate-content#FinishReason */
export function readStop(reason: string, called: boolean): Pick<Choice, "stop" | "stopDetail"> {
  switch (reason) {
    case "STOP":
      return { stop: called ? "tool-calls" : "end" }
    case "MAX_TOKENS":
      return { stop: "length" }
    case "SAFETY":
    case "RECITATION":
    case "BLOCKLIST":
    case "PROHIBITED_CONTENT":
    case "SPII":
    case "MODEL_ARMOR":
    case "IMAGE_SAFETY":
    case "IMAGE_PROHIBITED_CONTENT":
    case "IMAGE_RECITATION":
      return { stop: "filtered", stopDetail: reason }
    case "CONTINUATION":
      return { stop: "pause" }
    default:
      return { stop: "other", stopDetail: reason }
  }
}

/** Why a prompt was blocked; there is no candidate then. */
export const readBlocked = (reason: string): Pick<Choice, "stop" | "stopDetail"> => ({
  stop: "filtered",
  stopDetail: reason,
})

const isReason = (text: string): boolean => /^[A-Z][A-Z_]*$/.test(text)

export function writeStop(stop: Stop, detail: string | undefined, losses: Losses): string {
  const own = detail !== undefined && isReason(detail) ? detail : undefined
  switch (stop) {
    case "end":
    case "tool-calls":
      return "STOP"
    case "stop-sequence":
      losses.drop("stop sequence", "Gemini does not tell which one was met")
      return "STOP"
    case "length":
      return "MAX_TOKENS"
    case "filtered":
      return own ?? "SAFETY"
    case "refusal":
      return "SAFETY"
    case "pause":
      return "CONTINUATION"
    case "other":
      return own ?? "OTHER"
  }
}
