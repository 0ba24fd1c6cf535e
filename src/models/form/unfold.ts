import type { ChatAnswer, Choice } from "./answer.ts"
import type { AnswerPart } from "./content.ts"
import type { PartStart, StreamEvent } from "./events.ts"

/** A whole answer as the events of a stream: what folds to it again. For answers that were asked for as a stream and came whole. */
export function* unfold(answer: ChatAnswer): Generator<StreamEvent> {
  const { id, model, created, extras, usage, serviceTier } = answer
  yield { kind: "start", id, model, created, ...(extras === undefined ? {} : { extras }) }
  for (const [index, choice] of answer.choices.entries()) yield* choiceEvents(choice, index)
  if (usage !== undefined) yield { kind: "usage", usage }
  yield { kind: "end", ...(serviceTier === undefined ? {} : { serviceTier }) }
}

function* choiceEvents({ parts, stop, stopDetail, logprobs }: Choice, choice: number): Generator<StreamEvent> {
  for (const [part, it] of parts.entries()) {
    const at = { choice, part }
    yield { kind: "part", ...at, begins: start(it) }
    const text = textIn(it)
    if (text !== "") yield { kind: "text", ...at, text }
    if (it.kind === "text") for (const citation of it.citations ?? []) yield { kind: "citation", ...at, citation }
    if ("signature" in it && it.signature !== undefined) yield { kind: "signature", ...at, signature: it.signature }
    yield { kind: "part-end", ...at }
  }
  if (logprobs !== undefined) yield { kind: "logprobs", choice, tokens: logprobs }
  yield { kind: "stop", choice, stop, ...(stopDetail === undefined ? {} : { detail: stopDetail }) }
}

function textIn(part: AnswerPart): string {
  switch (part.kind) {
    case "text":
    case "reasoning":
    case "refusal":
      return part.text
    case "tool-call":
      return part.arguments
    case "made":
      return part.transcript ?? ""
    case "opaque":
      return ""
  }
}

function start(part: AnswerPart): PartStart {
  switch (part.kind) {
    case "text":
      return { kind: "text" }
    case "refusal":
      return { kind: "refusal" }
    case "tool-call":
      return { kind: "tool-call", id: part.id, name: part.name }
    case "reasoning": {
      const { text: _, signature: __, ...rest } = part
      return rest
    }
    case "made": {
      const { transcript: _, ...rest } = part
      return rest
    }
    case "opaque":
      return { kind: "opaque", part }
  }
}
