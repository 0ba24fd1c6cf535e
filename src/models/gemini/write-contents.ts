import type {
  AnswerPart,
  AnswerText,
  MadePart,
  OpaquePart,
  ReasoningPart,
  ToolCallPart,
  Turn,
  UserPart,
} from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import { isObject, type JsonObject, parseObject } from "../json.ts"
import { FORMAT } from "./format.ts"
import { writeMedia, writeMedium } from "./media.ts"
import { needsSignatures } from "./models.ts"
import { NO_SIGNATURE } from "./read-contents.ts"
import { writeResult } from "./results.ts"

const NO_MARKS = "Gemini caches prompts by itself, or as objects made before"

/** `contents`; instructions among the turns are not written here. */
export function writeContents(turns: readonly Turn[], model: string, losses: Losses): readonly JsonObject[] {
  const names = new Map<string, string>()
  const isStrict = needsSignatures(model)
  return turns.flatMap((turn): readonly JsonObject[] => {
    if (turn.role === "system") return []
    if (turn.role === "tool") {
      const parts = turn.results.map((it) =>
        writeResult(it, it.name ?? names.get(it.id) ?? it.id, losses, (part) => writeOpaque(part, losses)),
      )
      return [{ role: "user", parts }]
    }
    if (turn.name !== undefined) losses.drop("name", "contents of Gemini have no name")
    if (turn.role === "user")
      return [
        { role: "user", parts: turn.parts.map((it) => writeUserPart(it, losses)).filter((it) => it !== undefined) },
      ]
    for (const part of turn.parts) if (part.kind === "tool-call") names.set(part.id, part.name)
    return [{ role: "model", parts: writeSaid(turn.parts, isStrict, losses) }]
  })
}

function writeUserPart(part: UserPart, losses: Losses): JsonObject | undefined {
  if (part.kind === "opaque") return writeOpaque(part, losses)
  if (part.kind !== "text") return writeMedia(part, losses)
  if (part.cache !== undefined) losses.drop("cache marks", NO_MARKS)
  return { text: part.text }
}

export function writeOpaque(part: OpaquePart, losses: Losses): JsonObject | undefined {
  if (part.format === FORMAT) return part.value
  losses.drop(part.what, `only ${part.format} knows it`)
  return undefined
}

function writeSaid(parts: readonly AnswerPart[], isStrict: boolean, losses: Losses): readonly JsonObject[] {
  const written: JsonObject[] = []
  let isSigned = !isStrict
  for (const part of parts) {
    const before = written.at(-1)
    if (isSignatureOf(before, part)) written.splice(-1, 1, { ...before, thoughtSignature: part.signature })
    else if (part.kind !== "tool-call") written.push(...writeSaidPart(part, losses))
    else {
      // The first of parallel calls has the signature of all.
      written.push(writeCall(part, part.signature ?? (isSigned ? undefined : NO_SIGNATURE), losses))
      isSigned = true
    }
  }
  return written
}

/** What signed an image was read as a text without words after it. */
function isSignatureOf(before: JsonObject | undefined, part: AnswerPart): part is AnswerText {
  return part.kind === "text" && part.text === "" && part.signature !== undefined && before?.inlineData !== undefined
}

function writeSaidPart(part: Exclude<AnswerPart, ToolCallPart>, losses: Losses): readonly JsonObject[] {
  switch (part.kind) {
    case "text":
      return [writeText(part, losses)]
    case "refusal":
      return [{ text: part.text }]
    case "reasoning":
      return writeThought(part, losses)
    case "made":
      return [writeMade(part, losses)]
    case "opaque": {
      const written = writeOpaque(part, losses)
      return written === undefined ? [] : [written]
    }
  }
}

export function writeMade({ medium, transcript, id }: MadePart, losses: Losses): JsonObject {
  if (transcript !== undefined) losses.drop("transcript", "sound of a model has no words beside it here")
  if (id !== undefined) losses.drop("id of media", "media have no ids here")
  return writeMedium(medium, undefined)
}

function writeText({ text, citations, cache, signature }: AnswerText, losses: Losses): JsonObject {
  if (citations !== undefined) losses.drop("citations", "citations of earlier answers are not sent again")
  if (cache !== undefined) losses.drop("cache marks", NO_MARKS)
  return { text, ...(signature === undefined ? {} : { thoughtSignature: signature }) }
}

function writeThought({ text, signature, redacted, format }: ReasoningPart, losses: Losses): readonly JsonObject[] {
  if (redacted !== undefined || (signature !== undefined && format !== FORMAT)) {
    losses.drop("reasoning", `thoughts are only taken back by ${format ?? "the format"} that signed them`)
    return []
  }
  return [{ text, thought: true, ...(signature === undefined ? {} : { thoughtSignature: signature }) }]
}

function writeCall(part: ToolCallPart, signature: string | undefined, losses: Losses): JsonObject {
  if (part.cache !== undefined) losses.drop("cache marks", NO_MARKS)
  const functionCall = { id: part.id, name: part.name, ...writeArguments(part.arguments, losses) }
  return { functionCall, ...(signature === undefined ? {} : { thoughtSignature: signature }) }
}

/** `args`, which have to be an object. */
export function writeArguments(text: string, losses: Losses): { readonly args?: JsonObject } {
  if (text === "") return {}
  const args = parseObject(text)
  if (isObject(args)) return { args }
  losses.drop("tool call arguments", "what the model wrote is no JSON object")
  return { args: {} }
}
