import type { ChatAnswer, Choice } from "../form/answer.ts"
import type { AnswerPart, Citation } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import { type JsonObject, objectOf } from "../json.ts"
import { writeCitation } from "./citations.ts"
import { isPlain, seal } from "./sealed-signature.ts"
import { writeStop } from "./stops.ts"
import { writeUsage } from "./usage.ts"
import { inputOf, kindOf } from "./write-answer-part.ts"
import { writeOpaque } from "./write-user-block.ts"

/** `Message` of the SDK. */
export function writeAnswer(answer: ChatAnswer, losses: Losses): JsonObject {
  const [choice, ...others] = answer.choices
  if (others.length > 0) losses.drop("choices", "Anthropic gives one answer; the first is told")
  const extras = ownExtras(answer.extras, losses)
  const parts = choice?.parts ?? []
  if (choice?.logprobs !== undefined) dropLogprobs(losses)
  return {
    ...message(answer.id, answer.model, extras),
    content: parts.map((it) => writePart(it, losses)).filter((it) => it !== undefined),
    ...writeStopped(
      choice,
      parts.some((it) => it.kind === "refusal"),
      losses,
    ),
    usage: writeUsage(answer.usage, answer.serviceTier, extras.usage, losses),
  }
}

/** With the members that are null where nothing is told. */
export const message = (id: string, model: string, extras: JsonObject): JsonObject => ({
  id,
  type: "message",
  role: "assistant",
  model,
  content: [],
  stop_reason: null,
  stop_sequence: null,
  stop_details: null,
  container: null,
  diagnostics: null,
  ...extras,
})

export function ownExtras(extras: ChatAnswer["extras"], losses: Losses): JsonObject {
  if (extras === undefined) return {}
  if (extras.format === "anthropic") return extras.members
  for (const name of Object.keys(extras.members)) losses.drop(name, `only ${extras.format} knows it`)
  return {}
}

export const dropLogprobs = (losses: Losses): void =>
  losses.drop("logprobs", "Anthropic's answers have no log probabilities")

export function writeStopped(
  choice: Pick<Choice, "stop" | "stopDetail"> | undefined,
  hasRefusal: boolean,
  losses: Losses,
): JsonObject {
  const { stop = "other", stopDetail } = choice ?? {}
  if (stopDetail !== undefined && stop !== "stop-sequence")
    losses.drop(`stop reason ${stopDetail}`, "Anthropic has no such reason")
  return {
    stop_reason: hasRefusal && stop === "end" ? "refusal" : writeStop(stop),
    stop_sequence: stop === "stop-sequence" ? (stopDetail ?? null) : null,
  }
}

function writePart(part: AnswerPart, losses: Losses): JsonObject | undefined {
  if ("signature" in part && part.kind !== "reasoning") dropSignature(losses)
  switch (part.kind) {
    case "text":
      return textBlock(part.text, part.citations)
    case "refusal":
      return textBlock(part.text)
    case "reasoning":
      if (part.redacted !== undefined && part.format === "anthropic" && part.text === "")
        return { type: "redacted_thinking", data: part.redacted }
      return { type: "thinking", thinking: part.text, signature: isPlain(part) ? (part.signature ?? "") : seal(part) }
    case "tool-call":
      return { type: "tool_use", id: part.id, name: part.name, input: input(part.arguments, losses) }
    case "made":
      losses.drop(kindOf(part.medium.type), "Anthropic's answers hold text only")
      return part.transcript === undefined ? undefined : textBlock(part.transcript)
    case "opaque":
      return writeOpaque(part, losses)
  }
}

/** Without the member where there are none, as Anthropic answers: not every SDK takes the null that its own type allows. */
const textBlock = (text: string, citations: readonly Citation[] = []): JsonObject => ({
  type: "text",
  text,
  ...(citations.length === 0 ? {} : { citations: citations.map(writeCitation) }),
})

export const dropSignature = (losses: Losses): void =>
  losses.drop("signature of a part", "Anthropic's answers sign thoughts only")

function input(text: string, losses: Losses): JsonObject {
  const read = inputOf(text)
  if (read !== undefined) return objectOf(read) ?? {}
  losses.drop("arguments of a tool call", "they are no JSON object; they were put in one as a text")
  return { arguments: text }
}
