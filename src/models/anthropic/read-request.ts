import { Place } from "../form/place.ts"
import type { ChatRequest, OutputForm, Reasoning } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { readTool, readToolChoice } from "./read-tools.ts"
import { readTurns } from "./read-turns.ts"
import { readTexts } from "./read-user-block.ts"
import { Unread } from "./unread.ts"

const KNOWN = [
  "max_tokens",
  "messages",
  "metadata",
  "model",
  "output_config",
  "output_format",
  "service_tier",
  "stop_sequences",
  "stream",
  "system",
  "temperature",
  "thinking",
  "tool_choice",
  "tools",
  "top_k",
  "top_p",
]

/** `MessageCreateParams` of the SDK, and the sampling options that older models take. @throws FormFault */
export function readRequest(json: JsonObject): ChatRequest {
  return { ...readCountRequest(json), maxTokens: limit(new Place(json).at("max_tokens")) }
}

/** `MessageCountTokensParams`: the same without a limit of the answer. @throws FormFault */
export function readCountRequest(json: JsonObject): ChatRequest {
  const body = new Place(json)
  const unread = new Unread()
  unread.beside(body, KNOWN)
  const { system, turns } = readTurns(body.at("messages"), unread)
  const stream = body.at("stream").optionalBoolean() ?? false
  const request: ChatRequest = {
    model: body.at("model").text(),
    system: [...readTexts(body.at("system"), unread), ...system],
    turns,
    tools: body
      .at("tools")
      .items()
      .map((it) => readTool(it, unread)),
    ...readToolChoice(body.at("tool_choice"), unread),
    output: readOutput(body, unread),
    ...readReasoning(body, unread),
    ...readSampling(body),
    stop: body
      .at("stop_sequences")
      .items()
      .map((it) => it.text()),
    stream,
    streamUsage: stream,
    ...readMetadata(body.at("metadata"), unread),
    ...optional("serviceTier", body.at("service_tier").optionalText()),
  }
  const extras = unread.extras()
  return extras === undefined ? request : { ...request, extras }
}

function limit(place: Place): number {
  const most = place.number()
  if (!Number.isInteger(most) || most < 0) throw place.fault("a whole number, 0 or more")
  return most
}

const optional = <N extends string, T>(name: N, value: T | undefined): { readonly [K in N]?: T } | object =>
  value === undefined ? {} : { [name]: value }

function readSampling(body: Place): Pick<ChatRequest, "temperature" | "topP" | "topK"> {
  return {
    ...optional("temperature", body.at("temperature").optionalNumber()),
    ...optional("topP", body.at("top_p").optionalNumber()),
    ...optional("topK", body.at("top_k").optionalNumber()),
  }
}

function readMetadata(metadata: Place, unread: Unread): Pick<ChatRequest, "user"> {
  if (metadata.isAbsent) return {}
  unread.beside(metadata, ["user_id"])
  return optional("user", metadata.at("user_id").optionalText())
}

/** `output_format` is what `output_config.format` was in the beta. */
function readOutput(body: Place, unread: Unread): OutputForm {
  const config = body.at("output_config")
  if (!config.isAbsent) unread.beside(config, ["effort", "format"])
  const format = config.at("format").isAbsent ? body.at("output_format") : config.at("format")
  if (format.isAbsent) return { kind: "text" }
  format.at("type").oneOf(["json_schema"])
  unread.beside(format, ["type", "schema"])
  const schema = format.at("schema").object()
  const { title } = schema
  return { kind: "schema", name: typeof title === "string" && title !== "" ? title : "answer", schema }
}

/** Models that take a budget tell their thoughts unless they are told not to; others have defaults of their own. */
function told(display: Place, type: "enabled" | "adaptive"): Pick<Reasoning, "told"> {
  if (!display.isAbsent) return { told: display.oneOf(["summarized", "omitted"]) === "summarized" }
  return type === "enabled" ? { told: true } : {}
}

function readReasoning(body: Place, unread: Unread): Pick<ChatRequest, "reasoning"> {
  const thinking = body.at("thinking")
  const effort = body.at("output_config").at("effort")
  const asked: Pick<Reasoning, "effort"> = effort.isAbsent
    ? {}
    : { effort: effort.oneOf(["low", "medium", "high", "xhigh", "max"]) }
  if (thinking.isAbsent) return effort.isAbsent ? {} : { reasoning: asked }
  const type = thinking.at("type").text()
  if (type !== "enabled" && type !== "adaptive" && type !== "disabled") {
    unread.keep("thinking", thinking.object())
    return effort.isAbsent ? {} : { reasoning: asked }
  }
  unread.beside(thinking, ["type", "budget_tokens", "display"])
  if (type === "disabled") {
    // How hard an answer without thoughts is worked at has no word in the form.
    if (!effort.isAbsent) unread.keep(effort.path, effort.text())
    return { reasoning: { effort: "none" } }
  }
  const display = thinking.at("display")
  return {
    reasoning: {
      ...asked,
      ...(type === "enabled" ? { budget: thinking.at("budget_tokens").number() } : {}),
      ...told(display, type),
    },
  }
}
