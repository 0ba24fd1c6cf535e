import type { Asked } from "../codec.ts"
import type { TextPart, Turn } from "../form/content.ts"
import { Place } from "../form/place.ts"
import { type ChatRequest, EFFORTS, type Reasoning } from "../form/request.ts"
import { UnreadMembers } from "../gemini/unread-members.ts"
import type { JsonObject } from "../json.ts"
import { FORMAT } from "./format.ts"
import { readInput } from "./read-input.ts"
import { readOutput, readTool, readToolChoice } from "./read-tools.ts"

const READ: ReadonlySet<string> = new Set([
  "model",
  "input",
  "instructions",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "text",
  "reasoning",
  "max_output_tokens",
  "temperature",
  "top_p",
  "top_logprobs",
  "include",
  "metadata",
  "user",
  "safety_identifier",
  "service_tier",
  "stream",
])
const TEXT: ReadonlySet<string> = new Set(["format"])
const REASONING: ReadonlySet<string> = new Set(["effort", "summary"])
/** Members that name what one provider holds. Without it another would answer another question. */
const HELD = ["previous_response_id", "conversation", "prompt"] as const
const LOGPROBS = "message.output_text.logprobs"

/**
 * A request for a response.
 *
 * @throws FormFault for what it should not be, and for state that a provider holds (`previous_response_id`,
 * `conversation`, `prompt`, `item_reference`) unless all targets speak this dialect.
 */
export function readRequest(body: JsonObject, asked: Asked): ChatRequest {
  const place = new Place(body)
  const unread = new UnreadMembers(FORMAT)
  const staysInFormat = asked.staysInFormat === true
  if (!staysInFormat) requireWhole(place)
  unread.keepBut(place, READ)
  const { system, turns } = readConversation(place, unread, staysInFormat)
  const toolChoice = readToolChoice(place.at("tool_choice"), unread)
  const reasoning = readReasoning(place.at("reasoning"), unread)
  const logprobs = readLogprobs(place, unread)
  const user = readUser(place, unread)
  const parallelTools = place.at("parallel_tool_calls").optionalBoolean()
  const maxTokens = place.at("max_output_tokens").optionalNumber()
  const temperature = place.at("temperature").optionalNumber()
  const topP = place.at("top_p").optionalNumber()
  const metadata = place.at("metadata").optionalObject()
  const serviceTier = place.at("service_tier").optionalText()
  const tools = place
    .at("tools")
    .items()
    .map((it) => readTool(it, unread))
  const text = place.at("text")
  unread.keepBut(text, TEXT)
  const output = readOutput(text.at("format"), unread)
  return {
    model: asked.model ?? place.at("model").text(),
    system,
    turns,
    tools,
    ...(toolChoice === undefined ? {} : { toolChoice }),
    ...(parallelTools === undefined ? {} : { parallelTools }),
    output,
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    stop: [],
    ...(logprobs === undefined ? {} : { logprobs }),
    stream: place.at("stream").optionalBoolean() ?? false,
    // Every stream of this dialect ends with usage.
    streamUsage: true,
    ...(user === undefined ? {} : { user }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
    extras: unread.extras,
  }
}

function requireWhole(place: Place): void {
  for (const name of HELD) {
    const held = place.at(name)
    if (held.isAbsent) continue
    throw held.fault(
      "absent: what it names is held by one provider and unknown to the models asked here; send the whole conversation in `input`",
    )
  }
}

function readConversation(
  place: Place,
  unread: UnreadMembers,
  staysInFormat: boolean,
): { readonly system: readonly TextPart[]; readonly turns: readonly Turn[] } {
  const told = place.at("instructions").optionalText()
  const system: TextPart[] = told === undefined ? [] : [{ kind: "text", text: told }]
  const input = place.at("input")
  if (input.isAbsent && !staysInFormat) throw input.fault("a text or an array of items")
  const turns = readInput(input, unread, staysInFormat)
  let first = 0
  for (const turn of turns) {
    if (turn.role !== "system") break
    system.push(...turn.parts)
    first++
  }
  return { system, turns: turns.slice(first) }
}

function readReasoning(place: Place, unread: UnreadMembers): Reasoning | undefined {
  if (place.isAbsent) return undefined
  unread.keepBut(place, REASONING)
  const effort = place.at("effort").isAbsent ? undefined : place.at("effort").oneOf(EFFORTS)
  const summary = place.at("summary").optionalText()
  // How thoroughly it shall be summarised only this format can tell.
  if (summary !== "auto") unread.keep("reasoning.summary", summary)
  return { ...(effort === undefined ? {} : { effort }), ...(summary === undefined ? {} : { told: true }) }
}

function readLogprobs(place: Place, unread: UnreadMembers): number | undefined {
  const include = place
    .at("include")
    .items()
    .map((it) => it.text())
  const others = include.filter((it) => it !== LOGPROBS)
  if (others.length > 0) unread.keep("include", others)
  const top = place.at("top_logprobs").optionalNumber()
  return top ?? (include.includes(LOGPROBS) ? 0 : undefined)
}

function readUser(place: Place, unread: UnreadMembers): string | undefined {
  const user = place.at("user").optionalText()
  const identifier = place.at("safety_identifier").optionalText()
  if (user !== undefined) unread.keep("safety_identifier", identifier)
  return user ?? identifier
}
