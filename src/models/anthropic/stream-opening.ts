import type { PartStart } from "../form/events.ts"
import type { Losses } from "../form/losses.ts"
import { isObject, type JsonObject } from "../json.ts"
import { kindOf } from "./write-answer-part.ts"
import { writeOpaque } from "./write-user-block.ts"

/** How a content block of a stream begins. */
export interface Opening {
  readonly block: JsonObject
  /** What its text comes in; absent where it has none. */
  readonly delta?: { readonly type: string; readonly member: string }
  /** JSON of a server's tool, which comes in a delta as arguments do. */
  readonly input?: string
}

export const TEXT: Opening = { block: { type: "text", text: "" }, delta: { type: "text_delta", member: "text" } }
const THINKING: Opening = {
  block: { type: "thinking", thinking: "", signature: "" },
  delta: { type: "thinking_delta", member: "thinking" },
}

/** Undefined where it cannot be carried, which is told. */
export function openingOf(begins: PartStart, losses: Losses): Opening | undefined {
  switch (begins.kind) {
    case "text":
    case "refusal":
      return TEXT
    case "reasoning":
      if (begins.redacted === undefined || begins.format !== "anthropic") return THINKING
      return { block: { type: "redacted_thinking", data: begins.redacted } }
    case "tool-call": {
      const { id, name } = begins
      return {
        block: { type: "tool_use", id, name, input: {} },
        delta: { type: "input_json_delta", member: "partial_json" },
      }
    }
    case "made":
      losses.drop(kindOf(begins.medium.type), "Anthropic's answers hold text only")
      return undefined
    case "opaque":
      return opaque(writeOpaque(begins.part, losses))
  }
}

function opaque(block: JsonObject | undefined): Opening | undefined {
  if (block === undefined || !isObject(block.input)) return block === undefined ? undefined : { block }
  return { block: { ...block, input: {} }, input: JSON.stringify(block.input) }
}
