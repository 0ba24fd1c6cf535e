import type { Place } from "../form/place.ts"
import type { OutputForm, Tool, ToolChoice } from "../form/request.ts"
import type { UnreadMembers } from "../gemini/unread-members.ts"
import { FORMAT } from "./format.ts"

const FUNCTION: ReadonlySet<string> = new Set(["type", "name", "description", "parameters", "strict"])
const SCHEMA: ReadonlySet<string> = new Set(["type", "name", "schema", "strict", "description"])

export function readTool(place: Place, unread: UnreadMembers): Tool {
  const type = place.at("type").text()
  if (type !== "function") return { kind: "provider", format: FORMAT, what: type, value: place.object() }
  unread.keepBut(place, FUNCTION)
  const description = place.at("description").optionalText()
  const parameters = place.at("parameters").optionalObject()
  const strict = place.at("strict").optionalBoolean()
  return {
    kind: "function",
    name: place.at("name").text(),
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(strict === undefined ? {} : { strict }),
  }
}

/** Choices among built-in tools, or among some of the tools, are kept for this format. */
export function readToolChoice(place: Place, unread: UnreadMembers): ToolChoice | undefined {
  if (place.isAbsent) return undefined
  if (typeof place.value === "string") return { kind: place.oneOf(["auto", "none", "required"]) }
  if (place.at("type").text() === "function") return { kind: "named", name: place.at("name").text() }
  unread.keep(place.path, place.object())
  return undefined
}

/** `text.format`. */
export function readOutput(place: Place, unread: UnreadMembers): OutputForm {
  if (place.isAbsent) return { kind: "text" }
  switch (place.at("type").oneOf(["text", "json_object", "json_schema"])) {
    case "text":
      return { kind: "text" }
    case "json_object":
      return { kind: "json" }
    case "json_schema": {
      unread.keepBut(place, SCHEMA)
      const strict = place.at("strict").optionalBoolean()
      const description = place.at("description").optionalText()
      return {
        kind: "schema",
        name: place.at("name").text(),
        schema: place.at("schema").object(),
        ...(strict === undefined ? {} : { strict }),
        ...(description === undefined ? {} : { description }),
      }
    }
  }
}
