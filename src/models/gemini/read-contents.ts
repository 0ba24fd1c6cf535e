import type { AnswerPart, ToolResult, Turn, UserPart } from "../form/content.ts"
import type { Place } from "../form/place.ts"
import { CallIds } from "./call-ids.ts"
import { carriedSignature } from "./carried-signature.ts"
import { FORMAT } from "./format.ts"
import { readFile, readInline } from "./media.ts"
import { keepOthers, member } from "./member.ts"
import { readResult } from "./results.ts"
import type { UnreadMembers } from "./unread-members.ts"

const CONTENT: ReadonlySet<string> = new Set(["role", "parts"])
const PART: ReadonlySet<string> = new Set([
  "text",
  "thought",
  "thoughtSignature",
  "inlineData",
  "fileData",
  "functionCall",
  "functionResponse",
])
const CALL: ReadonlySet<string> = new Set(["id", "name", "args"])
const KINDS = ["text", "inlineData", "fileData", "functionCall", "functionResponse"] as const
/** Not enough to say anything by themselves. */
const BESIDE: ReadonlySet<string> = new Set([
  "thought",
  "thoughtSignature",
  "videoMetadata",
  "mediaResolution",
  "partMetadata",
])
/** What Google's guide names for calls that no Gemini model made, so that they are taken unsigned. */
export const NO_SIGNATURE = "skip_thought_signature_validator"

/**
 * The turns of a conversation. A content of results and of other parts is several turns, in their order; contents of the model
 * in a row, as SDKs keep the chunks of a stream, are one.
 */
export function readContents(contents: Place, unread: UnreadMembers): readonly Turn[] {
  const ids = new CallIds()
  const turns: Turn[] = []
  let said: AnswerPart[] | undefined
  for (const content of contents.items()) {
    keepOthers(content, CONTENT, unread)
    const parts = content.at("parts").items()
    if (roleOf(content) === "user") {
      said = undefined
      turns.push(...readAsked(parts, ids, unread))
      continue
    }
    if (said === undefined) {
      said = []
      turns.push({ role: "assistant", parts: said })
    }
    for (const part of parts) for (const it of [readSaidPart(part, ids, unread)].flat()) addSaid(said, it)
  }
  return turns
}

/** A signature that comes by itself, as in a stream, belongs to what it follows; empty texts say nothing. */
function addSaid(said: AnswerPart[], part: AnswerPart): void {
  const isEmpty = (part.kind === "text" || part.kind === "reasoning") && part.text === ""
  if (part.kind === "reasoning" && part.format !== undefined && part.format !== FORMAT && part.redacted === undefined) {
    said.push({ ...part, text: takeUnsigned(said) + part.text })
    return
  }
  if (!isEmpty || ("redacted" in part && part.redacted !== undefined)) {
    said.push(part)
    return
  }
  if (part.signature === undefined) return
  const before = said.at(-1)
  if (part.kind === "text") {
    const isSigned = before?.kind !== "text" || before.signature !== undefined
    if (isSigned) said.push(part)
    else said.splice(-1, 1, { ...before, signature: part.signature })
    return
  }
  said.push({ ...part, text: takeUnsigned(said) })
}

/** Takes thoughts off the end that nobody signed: a stream's pieces of the one whose last piece was signed. */
function takeUnsigned(said: AnswerPart[]): string {
  let text = ""
  for (let last = said.at(-1); last?.kind === "reasoning" && last.format === undefined; last = said.at(-1)) {
    text = last.text + text
    said.pop()
  }
  return text
}

function roleOf(content: Place): "user" | "model" {
  const role = content.at("role")
  if (role.isAbsent) return "user"
  return role.oneOf(["user", "model", "function", "tool"]) === "model" ? "model" : "user"
}

function readAsked(parts: readonly Place[], ids: CallIds, unread: UnreadMembers): readonly Turn[] {
  const turns: Turn[] = []
  let said: UserPart[] | undefined
  let results: ToolResult[] | undefined
  for (const part of parts) {
    const response = member(part, "functionResponse")
    if (response.isAbsent) {
      results = undefined
      if (said === undefined) {
        said = []
        turns.push({ role: "user", parts: said })
      }
      said.push(readUserPart(part, unread))
    } else {
      said = undefined
      if (results === undefined) {
        results = []
        turns.push({ role: "tool", results })
      }
      results.push(readResult(response, ids, unread))
    }
  }
  return parts.length === 0 ? [{ role: "user", parts: [] }] : turns
}

function readUserPart(part: Place, unread: UnreadMembers): UserPart {
  const kind = kindOf(part)
  if (kind === undefined) return opaque(part)
  keepOthers(part, PART, unread)
  switch (kind) {
    case "text":
      return { kind: "text", text: part.at("text").text() }
    case "inlineData":
      return readInline(member(part, kind))
    case "fileData":
      return readFile(member(part, kind))
    case "functionCall":
    case "functionResponse":
      throw member(part, kind).fault("in a content of the other role")
  }
}

function readSaidPart(part: Place, ids: CallIds, unread: UnreadMembers): AnswerPart | readonly AnswerPart[] {
  const kind = kindOf(part)
  if (kind === undefined) return opaque(part)
  keepOthers(part, PART, unread)
  const told = member(part, "thoughtSignature").optionalText()
  const signature = told === NO_SIGNATURE ? undefined : told
  const signed = signature === undefined ? {} : { signature }
  switch (kind) {
    case "text": {
      const text = part.at("text").text()
      if (member(part, "thought").optionalBoolean() !== true) return { kind: "text", text, ...signed }
      return readThought(text, signature)
    }
    case "functionCall": {
      const call = member(part, kind)
      keepOthers(call, CALL, unread)
      const name = call.at("name").text()
      const args = call.at("args").optionalObject()
      const id = ids.called(call.at("id").optionalText(), name)
      return { kind: "tool-call", id, name, arguments: args === undefined ? "" : JSON.stringify(args), ...signed }
    }
    case "inlineData":
    case "fileData": {
      const { medium } = kind === "inlineData" ? readInline(member(part, kind)) : readFile(member(part, kind))
      if (medium.kind === "text") return { kind: "text", text: medium.text }
      // What signs an image has no place beside it in the form: it follows, on a text without words.
      return [
        { kind: "made", medium },
        ...(signature === undefined ? [] : [{ kind: "text" as const, text: "", signature }]),
      ]
    }
    case "functionResponse":
      throw member(part, kind).fault('in a content of the role "user"')
  }
}

function readThought(text: string, signature: string | undefined): AnswerPart {
  if (signature === undefined) return { kind: "reasoning", text }
  const carried = carriedSignature(signature)
  if (carried === undefined) return { kind: "reasoning", text, signature, format: FORMAT }
  const { format, means, value } = carried
  return { kind: "reasoning", text, ...(means === "redacted" ? { redacted: value } : { signature: value }), format }
}

function kindOf(part: Place): (typeof KINDS)[number] | undefined {
  return KINDS.find((it) => !member(part, it).isAbsent)
}

function opaque(part: Place): UserPart & AnswerPart {
  const value = part.object()
  const what = Object.keys(value).find((it) => !BESIDE.has(it))
  // A signature may come in a part of its own, with nothing beside it.
  if (what === undefined && Object.keys(value).length === 0)
    throw part.fault("a part with text, data, a call or a result")
  return { kind: "opaque", format: FORMAT, what: what ?? "part", value }
}
