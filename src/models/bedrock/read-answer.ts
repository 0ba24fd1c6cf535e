import { randomUUID } from "node:crypto"
import { refuseDeep } from "../anthropic/nesting.ts"
import { argumentsOf } from "../anthropic/read-assistant-block.ts"
import type { ChatAnswer } from "../form/answer.ts"
import type { AnswerPart, OpaquePart } from "../form/content.ts"
import { FormFault } from "../form/fault.ts"
import { isList, isObject, type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts"
import { readCitation } from "./citations.ts"
import { readStop } from "./stops.ts"
import { readUsage } from "./usage.ts"

/** Bedrock's answers have no id in them. */
export const madeId = (): string => `bedrock-${randomUUID()}`

/** `ConverseResponse` of the SDK, which names no model either. @throws FormFault */
export function readAnswer(body: JsonObject): ChatAnswer {
  const content = objectOf(objectOf(body.output)?.message)?.content
  if (!isList(content)) throw new FormFault("output.message.content", "an array of content blocks")
  refuseDeep(body)
  const usage = objectOf(body.usage)
  const { stop, detail } = readStop(textOf(body.stopReason), objectOf(body.additionalModelResponseFields))
  const serviceTier = textOf(objectOf(body.serviceTier)?.type)
  const extras = extrasOf(body)
  return {
    id: madeId(),
    model: "",
    created: 0,
    choices: [
      {
        parts: content.filter(isObject).map(readBlock),
        stop,
        ...(detail === undefined ? {} : { stopDetail: detail }),
      },
    ],
    ...(usage === undefined ? {} : { usage: readUsage(usage) }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    ...(extras === undefined ? {} : { extras }),
  }
}

const KEPT = ["performanceConfig", "trace"]

/** Of an answer, or of the events that end a stream. Time measured by Bedrock is none of it. */
export function extrasOf(body: JsonObject): ChatAnswer["extras"] {
  const told: [string, Json][] = []
  for (const name of KEPT) {
    const value = body[name]
    if (value !== undefined && value !== null) told.push([name, value])
  }
  return told.length === 0 ? undefined : { format: "bedrock", members: Object.fromEntries(told) }
}

/** `ContentBlock`: a union by the one member it has. Server tools and kinds that are not known are kept as they are. */
function readBlock(block: JsonObject): AnswerPart {
  if (typeof block.text === "string") return { kind: "text", text: block.text }
  const call = objectOf(block.toolUse)
  if (call !== undefined && call.type !== "server_tool_use") {
    const { toolUseId, name, input } = call
    return { kind: "tool-call", id: textOf(toolUseId) ?? "", name: textOf(name) ?? "", arguments: inputText(input) }
  }
  const thought = objectOf(block.reasoningContent)
  if (thought !== undefined) return readReasoning(thought)
  const cited = objectOf(block.citationsContent)
  if (cited !== undefined) {
    const texts = listOf(cited.content).filter(isObject)
    const citations = listOf(cited.citations).filter(isObject).map(readCitation)
    const text = texts.map((it) => textOf(it.text) ?? "").join("")
    return { kind: "text", text, ...(citations.length === 0 ? {} : { citations }) }
  }
  const image = objectOf(block.image)
  const data = textOf(objectOf(image?.source)?.bytes)
  if (image !== undefined && data !== undefined)
    return { kind: "made", medium: { kind: "inline", type: imageType(image), data } }
  return opaque(block)
}

export const imageType = (image: JsonObject): string => `image/${textOf(image.format) ?? "png"}`

function readReasoning(thought: JsonObject): AnswerPart {
  const redacted = textOf(thought.redactedContent)
  if (redacted !== undefined) return { kind: "reasoning", text: "", redacted, format: "bedrock" }
  const told = objectOf(thought.reasoningText)
  const signature = textOf(told?.signature) ?? ""
  const signed = signature === "" ? {} : { signature }
  return { kind: "reasoning", text: textOf(told?.text) ?? "", ...signed, format: "bedrock" }
}

const inputText = (input: Json | undefined): string => (isObject(input) ? argumentsOf(input) : (textOf(input) ?? ""))

export function opaque(value: JsonObject): OpaquePart {
  const [name = "block"] = Object.keys(value)
  const tool = textOf(objectOf(value[name])?.name)
  return { kind: "opaque", format: "bedrock", what: tool === undefined ? name : `${name} ${tool}`, value }
}
