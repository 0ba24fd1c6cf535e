import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { type JsonObject, objectOf } from "../json.ts"
import type { Quirks } from "../quirks.ts"
import { CallIds } from "./call-ids.ts"
import { modelTraits } from "./claude.ts"
import { thinkingFor } from "./thinking.ts"
import { dropUnknown, writeOutputConfig, writeSampling, writeTier } from "./write-options.ts"
import { writeTools } from "./write-tools.ts"
import { Messages } from "./write-turns.ts"
import { plainText, writeText } from "./write-user-block.ts"

/** `MessageCreateParams` of the SDK. With `quirks.anthropicVersion` (Vertex AI) the model stands in the address alone. */
export function writeRequest(request: ChatRequest, quirks: Quirks, losses: Losses): JsonObject {
  const traits = modelTraits(request.model)
  const { thinking, effort, isOn, maxTokens } = thinkingFor(request, traits, losses)
  const messages = new Messages(new CallIds(request, Number.POSITIVE_INFINITY), traits.takesSystemTurns, losses)
  for (const turn of request.turns) messages.add(turn)
  const system = request.system.filter((it) => it.text !== "").map(writeText)
  dropUnknown(request, losses)
  const { model, stop, stream, user, serviceTier, extras } = request
  const body: JsonObject = {
    ...(quirks.anthropicVersion === undefined ? { model } : { anthropic_version: quirks.anthropicVersion }),
    max_tokens: maxTokens,
    ...(system.length === 0 ? {} : { system: plainText(system) ?? system }),
    messages: messages.list(),
    ...writeTools(request, traits, isOn, losses),
    ...(thinking === undefined ? {} : { thinking }),
    ...writeOutputConfig(request, effort, losses),
    ...writeSampling(request, traits, isOn, losses),
    ...(stop.length === 0 ? {} : { stop_sequences: stop }),
    ...(user === undefined ? {} : { metadata: { user_id: user } }),
    ...writeTier(serviceTier, losses),
    ...(stream ? { stream } : {}),
  }
  return extras === undefined ? body : withExtras(body, extras, losses)
}

/** Members of the whole body, or of an object in it, go back to their place. Blocks and tools may stand elsewhere by now. */
function withExtras(
  body: JsonObject,
  { format, members }: NonNullable<ChatRequest["extras"]>,
  losses: Losses,
): JsonObject {
  const whole: Record<string, JsonObject[string]> = { ...body }
  for (const [path, value] of Object.entries(members)) {
    const [name = "", inner, ...deeper] = path.split(".")
    if (format !== "anthropic") losses.drop(path, `only ${format} knows it`)
    else if (path.includes("[") || deeper.length > 0) losses.drop(path, "its place in the request may be another now")
    else if (inner === undefined) whole[name] = value
    else whole[name] = { ...objectOf(whole[name]), [inner]: value }
  }
  return whole
}

const COUNTED = [
  "model",
  "anthropic_version",
  "system",
  "messages",
  "tools",
  "tool_choice",
  "thinking",
  "output_config",
]

/** `MessageCountTokensParams`: what `POST /v1/messages/count_tokens` takes of a request. */
export function writeCountRequest(request: ChatRequest, quirks: Quirks, losses: Losses): JsonObject {
  const body = writeRequest(request, quirks, losses)
  return Object.fromEntries(Object.entries(body).filter(([name]) => COUNTED.includes(name)))
}
