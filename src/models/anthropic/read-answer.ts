import type { ChatAnswer } from "../form/answer.ts"
import type { AnswerPart, OpaquePart } from "../form/content.ts"
import { FormFault } from "../form/fault.ts"
import { isList, isObject, type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts"
import { readCitation } from "./citations.ts"
import { refuseDeep } from "./nesting.ts"
import { argumentsOf } from "./read-assistant-block.ts"
import { whatOf } from "./read-user-block.ts"
import { readStop } from "./stops.ts"
import { readUsage, uncounted } from "./usage.ts"

/** `Message` of the SDK. @throws FormFault */
export function readAnswer(body: JsonObject): ChatAnswer {
  const content = body.content
  if (body.type === "error" || !isList(content)) throw new FormFault("content", "an array of content blocks")
  refuseDeep(body)
  const usage = objectOf(body.usage)
  const { stop, detail } = readStop(textOf(body.stop_reason), textOf(body.stop_sequence))
  const serviceTier = textOf(usage?.service_tier)
  const extras = messageExtras(body, usage)
  return {
    id: textOf(body.id) ?? "",
    model: textOf(body.model) ?? "",
    created: 0,
    choices: [
      {
        parts: content.filter(isObject).map(readAnswerBlock),
        stop,
        ...(detail === undefined ? {} : { stopDetail: detail }),
      },
    ],
    ...(usage === undefined ? {} : { usage: readUsage(usage) }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...(extras === undefined ? {} : { extras }),
  }
}

const READ = ["id", "type", "role", "model", "content", "stop_reason", "stop_sequence", "usage"]

/** Members of a message, or of a stream's `message_delta`, that only Anthropic knows. Null reads as absent. */
export function messageExtras(message: JsonObject, usage: JsonObject | undefined): ChatAnswer["extras"] {
  const rest: [string, Json][] = []
  for (const [name, value] of Object.entries(message))
    if (!READ.includes(name) && value !== undefined && value !== null) rest.push([name, value])
  const counts = usage === undefined ? undefined : uncounted(usage)
  if (counts !== undefined) rest.push(["usage", counts])
  return rest.length === 0 ? undefined : { format: "anthropic", members: Object.fromEntries(rest) }
}

/** A `ContentBlock`. Server tools, their results and kinds that are not known are kept as they are. */
function readAnswerBlock(block: JsonObject): AnswerPart {
  switch (block.type) {
    case "text": {
      const citations = listOf(block.citations).filter(isObject).map(readCitation)
      return { kind: "text", text: textOf(block.text) ?? "", ...(citations.length === 0 ? {} : { citations }) }
    }
    case "thinking": {
      const signature = textOf(block.signature) ?? ""
      const text = textOf(block.thinking) ?? ""
      return { kind: "reasoning", text, ...(signature === "" ? {} : { signature }), format: "anthropic" }
    }
    case "redacted_thinking":
      return { kind: "reasoning", text: "", redacted: textOf(block.data) ?? "", format: "anthropic" }
    case "tool_use": {
      const { id, name, input } = block
      return { kind: "tool-call", id: textOf(id) ?? "", name: textOf(name) ?? "", arguments: inputText(input) }
    }
    default:
      return opaque(block)
  }
}

/** Arguments as text; empty for none. */
export const inputText = (input: Json | undefined): string =>
  isObject(input) ? argumentsOf(input) : (textOf(input) ?? "")

export const opaque = (block: JsonObject): OpaquePart => ({
  kind: "opaque",
  format: "anthropic",
  what: whatOf(block),
  value: block,
})
