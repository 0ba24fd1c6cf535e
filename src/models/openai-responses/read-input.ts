import type { AnswerPart, ReasoningPart, Turn } from "../form/content.ts"
import type { Place } from "../form/place.ts"
import { carriedSignature } from "../gemini/carried-signature.ts"
import type { UnreadMembers } from "../gemini/unread-members.ts"
import { readAnnotation } from "./citations.ts"
import { BETWEEN_SUMMARIES, FORMAT, MADE_IMAGE_ID, MADE_REASONING_ID } from "./format.ts"
import { readContent, readTexts } from "./read-content.ts"
import { Turns } from "./turns.ts"

// Ids and states of items are the provider's bookkeeping and say nothing to a model.
const MESSAGE: ReadonlySet<string> = new Set(["type", "id", "status", "role", "content"])
const CALL: ReadonlySet<string> = new Set(["type", "id", "status", "call_id", "name", "arguments"])
const RESULT: ReadonlySet<string> = new Set(["type", "id", "status", "call_id", "output"])
const REASONING: ReadonlySet<string> = new Set(["type", "id", "status", "summary", "content", "encrypted_content"])
const SPOKEN: ReadonlySet<string> = new Set(["type", "text", "annotations", "logprobs"])

/** The `input` of a request: a text of the user, or items. */
export function readInput(place: Place, unread: UnreadMembers, staysInFormat: boolean): readonly Turn[] {
  const turns = new Turns()
  if (typeof place.value === "string") turns.user([{ kind: "text", text: place.value }])
  else for (const item of place.items()) readItem(item, turns, unread, staysInFormat)
  return turns.list
}

function readItem(item: Place, turns: Turns, unread: UnreadMembers, staysInFormat: boolean): void {
  const type = item.at("type").optionalText() ?? (item.at("role").isAbsent ? item.at("type").text() : "message")
  switch (type) {
    case "message":
      readMessage(item, turns, unread)
      return
    case "function_call":
      unread.keepBut(item, CALL)
      turns.say({
        kind: "tool-call",
        id: item.at("call_id").text(),
        name: item.at("name").text(),
        arguments: item.at("arguments").text(),
      })
      return
    case "function_call_output":
      unread.keepBut(item, RESULT)
      turns.result({
        id: item.at("call_id").text(),
        parts: readContent(item.at("output"), unread),
        isError: false,
      })
      return
    case "reasoning":
      unread.keepBut(item, REASONING)
      readReasoning(item, turns)
      return
    case "item_reference":
      if (!staysInFormat)
        throw item
          .at("type")
          .fault(
            "an item itself here: what `item_reference` names is held by one provider; send the items with `store: false`",
          )
      turns.user([{ kind: "opaque", format: FORMAT, what: type, value: item.object() }])
      return
    case "image_generation_call": {
      const data = item.at("result").optionalText()
      const id = item.at("id").optionalText()
      if (data === undefined) break
      const medium = { kind: "inline" as const, type: "image/png", data }
      const isKnown = id !== undefined && !id.startsWith(MADE_IMAGE_ID)
      turns.say({ kind: "made", medium, ...(isKnown ? { id } : {}) })
      return
    }
    default:
      break
  }
  const part = { kind: "opaque" as const, format: FORMAT, what: type, value: item.object() }
  if (type.endsWith("_output") || type.endsWith("_response")) turns.user([part])
  else turns.say(part)
}

function readMessage(item: Place, turns: Turns, unread: UnreadMembers): void {
  unread.keepBut(item, MESSAGE)
  const content = item.at("content")
  switch (item.at("role").oneOf(["user", "assistant", "system", "developer"])) {
    case "user":
      turns.user(readContent(content, unread))
      return
    case "system":
    case "developer":
      turns.system(readTexts(content, unread))
      return
    case "assistant":
      if (typeof content.value === "string") turns.say({ kind: "text", text: content.value })
      else turns.say(...content.items().map((it) => readSpoken(it, unread)))
      return
  }
}

function readSpoken(place: Place, unread: UnreadMembers): AnswerPart {
  const type = place.at("type").text()
  switch (type) {
    case "refusal":
      return { kind: "refusal", text: place.at("refusal").text() }
    case "output_text":
    case "input_text":
    case "text": {
      unread.keepBut(place, SPOKEN)
      const citations = place
        .at("annotations")
        .items()
        .flatMap((it) => readAnnotation(it.object()) ?? [])
      return { kind: "text", text: place.at("text").text(), ...(citations.length === 0 ? {} : { citations }) }
    }
    default:
      return { kind: "opaque", format: FORMAT, what: type, value: place.object() }
  }
}

function readReasoning(item: Place, turns: Turns): void {
  const texts = [...item.at("content").items(), ...item.at("summary").items()].map((it) => it.at("text").text())
  const told: ReasoningPart = { kind: "reasoning", text: texts.filter((it) => it !== "").join(BETWEEN_SUMMARIES) }
  const id = item.at("id").optionalText()
  const known = id === undefined || id.startsWith(MADE_REASONING_ID) ? told : { ...told, id }
  const encrypted = item.at("encrypted_content").optionalText()
  if (encrypted === undefined) {
    turns.say(known)
    return
  }
  const carried = carriedSignature(encrypted)
  if (carried === undefined) turns.say({ ...known, signature: encrypted, format: FORMAT })
  else if (carried.means === "redacted") turns.say({ ...told, redacted: carried.value, format: carried.format })
  else if (carried.means === "signature" || !turns.sign(carried.value))
    turns.say({ ...told, signature: carried.value, format: carried.format })
}
