import { CallIds } from "../anthropic/call-ids.ts"
import { modelTraits } from "../anthropic/claude.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import type { Quirks } from "../quirks.ts"
import { DocumentNames } from "./document-names.ts"
import { familyOf } from "./family.ts"
import { writeOptions } from "./write-options.ts"
import { writeTools } from "./write-tools.ts"
import { Messages, writeSystem } from "./write-turns.ts"

/** The longest `toolUseId`. */
const ID_CHARACTERS = 64

/** `ConverseRequest` of the SDK without `modelId`, which stands in the address, as does whether it is streamed. */
export function writeRequest(request: ChatRequest, _: Quirks, losses: Losses): JsonObject {
  const family = familyOf(request.model)
  const traits = modelTraits(request.model)
  const ids = new CallIds(request, ID_CHARACTERS)
  const writing = { family, traits, ids, names: new DocumentNames(), losses }
  const { isThinking, members } = writeOptions(request, family, traits, losses)
  const messages = new Messages(writing)
  for (const turn of request.turns) messages.add(turn)
  const system = writeSystem(request.system, writing)
  dropUnknown(request, losses)
  return {
    ...(system.length === 0 ? {} : { system }),
    messages: messages.list(),
    ...members,
    ...writeTools(request, isThinking, writing),
    ...writeOutput(request, losses),
    ...writeMetadata(request.metadata, losses),
    ...writeTier(request.serviceTier, losses),
    ...writeExtras(request.extras, losses),
  }
}

/** The options Converse has no word for. */
const UNKNOWN = [
  ["minP", "min_p"],
  ["seed", "seed"],
  ["presencePenalty", "presence_penalty"],
  ["frequencyPenalty", "frequency_penalty"],
  ["logprobs", "logprobs"],
  ["logitBias", "logit_bias"],
  ["audio", "audio"],
  ["user", "user"],
] as const satisfies readonly (readonly [keyof ChatRequest, string])[]

function dropUnknown(request: ChatRequest, losses: Losses): void {
  for (const [member, name] of UNKNOWN)
    if (request[member] !== undefined) losses.drop(name, "Converse has no such option")
  if ((request.choices ?? 1) > 1) losses.drop("n", "Converse gives one answer")
  for (const it of request.modalities ?? [])
    if (it !== "text") losses.drop(`modality ${it}`, "Converse has no such option")
}

/** `OutputConfig`: the schema goes as a text. */
function writeOutput({ output }: ChatRequest, losses: Losses): JsonObject {
  if (output.kind === "json") losses.drop("response_format", "Converse has JSON only by a schema")
  if (output.kind !== "schema") return {}
  if (output.strict === false) losses.drop("response_format.strict", "Bedrock always keeps to the schema")
  const jsonSchema = {
    schema: JSON.stringify(output.schema),
    name: output.name,
    ...(output.description === undefined ? {} : { description: output.description }),
  }
  return { outputConfig: { textFormat: { type: "json_schema", structure: { jsonSchema } } } }
}

/** `requestMetadata` holds texts only. */
function writeMetadata(metadata: JsonObject | undefined, losses: Losses): JsonObject {
  if (metadata === undefined) return {}
  const texts = Object.entries(metadata).filter(([name, value]) => {
    if (typeof value !== "string") losses.drop(`metadata.${name}`, "Bedrock takes only texts")
    return typeof value === "string"
  })
  return texts.length === 0 ? {} : { requestMetadata: Object.fromEntries(texts) }
}

const TIERS = ["default", "flex", "priority", "reserved"]

function writeTier(tier: string | undefined, losses: Losses): JsonObject {
  if (tier === undefined) return {}
  if (TIERS.includes(tier)) return { serviceTier: { type: tier } }
  if (tier === "standard_only") return { serviceTier: { type: "default" } }
  losses.drop("service_tier", `Bedrock has ${TIERS.join(", ")}`)
  return {}
}

function writeExtras(extras: ChatRequest["extras"], losses: Losses): JsonObject {
  if (extras === undefined) return {}
  if (extras.format === "bedrock") return extras.members
  for (const name of Object.keys(extras.members)) losses.drop(name, `only ${extras.format} knows it`)
  return {}
}
