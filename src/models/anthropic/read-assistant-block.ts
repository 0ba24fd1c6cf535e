import type { AnswerPart } from "../form/content.ts"
import type { Place } from "../form/place.ts"
import { isObject } from "../json.ts"
import { readCache } from "./cache-mark.ts"
import { readCitation } from "./citations.ts"
import { readOpaque } from "./read-user-block.ts"
import { unseal } from "./sealed-signature.ts"
import type { Unread } from "./unread.ts"

/** Any `ContentBlockParam` of an earlier answer. Server tools and kinds that are not known are kept as they are. */
export function readAssistantBlock(block: Place, unread: Unread): AnswerPart {
  switch (block.at("type").text()) {
    case "text":
      return readText(block, unread)
    case "thinking": {
      unread.beside(block, ["type", "thinking", "signature"])
      const signature = block.at("signature").optionalText() ?? ""
      return { kind: "reasoning", text: block.at("thinking").text(), ...unseal(signature) }
    }
    case "redacted_thinking":
      unread.beside(block, ["type", "data"])
      return { kind: "reasoning", text: "", redacted: block.at("data").text(), format: "anthropic" }
    case "tool_use": {
      unread.beside(block, ["type", "id", "name", "input", "cache_control"])
      const input = block.at("input").object()
      return {
        kind: "tool-call",
        id: block.at("id").text(),
        name: block.at("name").text(),
        arguments: argumentsOf(input),
        ...readCache(block),
      }
    }
    case "tool_result":
      throw block.at("type").fault("a block of an assistant's message; tool_result belongs to a user's")
    default:
      return readOpaque(block)
  }
}

/** Empty for none, as the arguments of a stream are then. */
export const argumentsOf = (input: object): string => {
  const text = JSON.stringify(input)
  return text === "{}" ? "" : text
}

function readText(block: Place, unread: Unread): AnswerPart {
  unread.beside(block, ["type", "text", "citations", "cache_control"])
  const citations = block
    .at("citations")
    .items()
    .map((it) => {
      if (!isObject(it.value)) throw it.fault("an object")
      return readCitation(it.value)
    })
  return {
    kind: "text",
    text: block.at("text").text(),
    ...(citations.length === 0 ? {} : { citations }),
    ...readCache(block),
  }
}
