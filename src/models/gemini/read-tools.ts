import type { Place } from "../form/place.ts"
import type { OutputForm, Tool, ToolChoice } from "../form/request.ts"
import { FORMAT } from "./format.ts"
import { camelOf, keepOthers, member, nameOf } from "./member.ts"
import { readSchema } from "./schema.ts"
import type { UnreadMembers } from "./unread-members.ts"

const DECLARATION: ReadonlySet<string> = new Set(["name", "description", "parameters", "parametersJsonSchema"])
const CONFIG: ReadonlySet<string> = new Set(["functionCallingConfig"])
const CALLING: ReadonlySet<string> = new Set(["mode", "allowedFunctionNames"])
/** What a schema is called where the format has no name for it. */
const SCHEMA_NAME = "response"

/** One of `tools`: functions, and tools that Google runs, each in a member of its own. */
export function readTools(place: Place, unread: UnreadMembers): readonly Tool[] {
  const functions = member(place, "functionDeclarations")
    .items()
    .map((it) => readFunction(it, unread))
  const others = Object.entries(place.object()).flatMap(([written, value]): readonly Tool[] => {
    const name = camelOf(written)
    if (name === "functionDeclarations" || value === null) return []
    return [{ kind: "provider", format: FORMAT, what: name, value: { [name]: value } }]
  })
  return [...functions, ...others]
}

function readFunction(place: Place, unread: UnreadMembers): Tool {
  keepOthers(place, DECLARATION, unread)
  const description = place.at("description").optionalText()
  const schema = member(place, "parametersJsonSchema").optionalObject()
  const own = place.at("parameters").optionalObject()
  const parameters = schema ?? (own === undefined ? undefined : readSchema(own))
  return {
    kind: "function",
    name: place.at("name").text(),
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters }),
  }
}

/** `toolConfig`. Modes and lists that the form cannot tell are kept for this format. */
export function readToolConfig(place: Place, unread: UnreadMembers): ToolChoice | undefined {
  if (place.isAbsent) return undefined
  keepOthers(place, CONFIG, unread, "toolConfig")
  const calling = member(place, "functionCallingConfig")
  if (calling.isAbsent) return undefined
  const path = "toolConfig.functionCallingConfig"
  keepOthers(calling, CALLING, unread, path)
  const allowed = member(calling, "allowedFunctionNames")
  const names = allowed.items().map((it) => it.text())
  const [name, ...more] = names
  const mode = nameOf(calling.at("mode")) ?? "AUTO"
  if (mode === "ANY" && name !== undefined && more.length === 0) return { kind: "named", name }
  if (names.length > 0) unread.keep(`${path}.allowedFunctionNames`, names)
  switch (mode) {
    case "ANY":
      return { kind: "required" }
    case "NONE":
      return { kind: "none" }
    case "AUTO":
      return { kind: "auto" }
    default:
      unread.keep(`${path}.mode`, mode)
      return undefined
  }
}

/** The form of the answer, as three members of `generationConfig` tell it. */
export function readOutput(config: Place, unread: UnreadMembers): OutputForm {
  const type = member(config, "responseMimeType").optionalText() ?? "text/plain"
  const own = member(config, "responseSchema").optionalObject()
  const schema =
    member(config, "responseJsonSchema").optionalObject() ?? (own === undefined ? undefined : readSchema(own))
  if (type === "application/json")
    return schema === undefined ? { kind: "json" } : { kind: "schema", name: SCHEMA_NAME, schema }
  if (type !== "text/plain") {
    unread.keep("generationConfig.responseMimeType", type)
    unread.keep("generationConfig.responseSchema", own)
  }
  return { kind: "text" }
}
