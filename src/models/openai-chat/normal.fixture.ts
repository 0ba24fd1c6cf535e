import type { Choice, Stop } from "../form/answer.ts"
import type { AnswerPart, ReasoningPart, Turn, UserPart } from "../form/content.ts"
import type { ChatRequest } from "../form/request.ts"
import { isSealed, withThought } from "./reasoning-details.ts"

/** The request as OpenAI's chat can tell it, with all quirks that let more be told. */
export function asChat(request: ChatRequest): ChatRequest {
  return { ...request, streamUsage: request.stream, turns: request.turns.map(turnOf) }
}

function turnOf(turn: Turn): Turn {
  if (turn.role === "user") return { ...turn, parts: turn.parts.map(userPartOf) }
  if (turn.role === "assistant") return { ...turn, parts: inOrder(turn.parts) }
  return turn
}

function userPartOf(part: UserPart): UserPart {
  const instead: UserPart = { kind: "text", text: "instead" }
  switch (part.kind) {
    case "image":
    case "video":
      return part.medium.kind === "file" ? instead : part
    case "audio":
      return part.medium.kind === "inline" ? part : instead
    case "document": {
      const { context: _, cited: __, ...rest } = part
      return part.medium.kind === "text" || part.medium.kind === "address" ? instead : rest
    }
    default:
      return part
  }
}

/** Thoughts, texts, a refusal, images, calls; of texts only the last is signed. */
function inOrder(parts: readonly AnswerPart[]): readonly AnswerPart[] {
  const texts = parts.filter((it) => it.kind === "text")
  const none: readonly ReasoningPart[] = []
  const thoughts = parts
    .filter((it) => it.kind === "reasoning")
    .filter((it, at, all) => !isSealed(it) || all.findIndex((other) => sealOf(other) === sealOf(it)) === at)
    .reduce(withThought, none)
  return [
    ...thoughts,
    ...texts.map(({ signature, ...it }, at) =>
      at === texts.length - 1 && signature !== undefined ? { ...it, signature } : it,
    ),
    ...parts.filter((it) => it.kind === "refusal").slice(0, 1),
    ...parts.filter((it) => it.kind === "made"),
    ...parts.filter((it) => it.kind === "tool-call"),
  ]
}

const sealOf = ({ signature, redacted }: ReasoningPart): string | undefined => signature ?? redacted

/** A choice as a message can tell it: one text, and the reason its parts make of it. */
export function choiceOf(choice: Choice): Choice {
  const parts = inOrder(choice.parts)
  const text = parts.findLastIndex(({ kind }) => kind === "text")
  const kept = parts.filter((it, at) => it.kind !== "text" || at === text)
  const { stopDetail: _, ...rest } = choice
  const stop = stopOf(choice.stop, kept)
  return { ...rest, parts: kept, stop, ...(stop === "stop-sequence" ? { stopDetail: "END" } : {}) }
}

function stopOf(stop: Stop, parts: readonly AnswerPart[]): Stop {
  if (stop === "length" || stop === "filtered") return stop
  if (parts.some(({ kind }) => kind === "tool-call")) return "tool-calls"
  return parts.some(({ kind }) => kind === "refusal") ? "refusal" : stop
}
