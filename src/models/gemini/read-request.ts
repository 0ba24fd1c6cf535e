import type { Asked } from "../codec.ts"
import type { TextPart } from "../form/content.ts"
import { Place } from "../form/place.ts"
import type { ChatRequest } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { FORMAT } from "./format.ts"
import { keepOthers, member } from "./member.ts"
import { readConfig } from "./read-config.ts"
import { readContents } from "./read-contents.ts"
import { readToolConfig, readTools } from "./read-tools.ts"
import { UnreadMembers } from "./unread-members.ts"

const READ: ReadonlySet<string> = new Set([
  "model",
  "contents",
  "systemInstruction",
  "tools",
  "toolConfig",
  "generationConfig",
  "serviceTier",
])
const SYSTEM: ReadonlySet<string> = new Set(["role", "parts"])
const SYSTEM_PART: ReadonlySet<string> = new Set(["text"])

/**
 * A request to generate content. The model stands in its address, and so does whether it is a stream.
 *
 * @throws FormFault for what it should not be, and for `cachedContent`, which Google holds, unless all targets speak this
 * dialect.
 */
export function readRequest(body: JsonObject, asked: Asked): ChatRequest {
  const place = new Place(body)
  const unread = new UnreadMembers(FORMAT)
  const cached = member(place, "cachedContent")
  if (!cached.isAbsent && asked.staysInFormat !== true)
    throw cached.fault(
      "absent: what it names is held by Google and unknown to the models asked here; send the whole conversation in `contents`",
    )
  keepOthers(place, READ, unread)
  const contents = place.at("contents")
  if (contents.isAbsent) throw contents.fault("an array of contents")
  const toolChoice = readToolConfig(member(place, "toolConfig"), unread)
  const serviceTier = member(place, "serviceTier").optionalText()
  return {
    model: asked.model ?? modelName(place.at("model").text()),
    system: readSystem(member(place, "systemInstruction"), unread),
    turns: readContents(contents, unread),
    tools: place
      .at("tools")
      .items()
      .flatMap((it) => readTools(it, unread)),
    ...(toolChoice === undefined ? {} : { toolChoice }),
    ...readConfig(member(place, "generationConfig"), unread),
    stream: asked.stream ?? false,
    // Every stream of this dialect ends with usage.
    streamUsage: true,
    ...(serviceTier === undefined ? {} : { serviceTier }),
    extras: unread.extras,
  }
}

/** `models/gemini-3-pro` as `gemini-3-pro`. */
const modelName = (name: string): string => (name.startsWith("models/") ? name.slice("models/".length) : name)

function readSystem(place: Place, unread: UnreadMembers): readonly TextPart[] {
  if (typeof place.value === "string") return [{ kind: "text", text: place.value }]
  if (place.isAbsent) return []
  keepOthers(place, SYSTEM, unread)
  return place
    .at("parts")
    .items()
    .map((it) => {
      keepOthers(it, SYSTEM_PART, unread)
      return { kind: "text", text: it.at("text").text() }
    })
}
