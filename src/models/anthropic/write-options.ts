import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import type { ModelTraits } from "./claude.ts"

/** `temperature`, `top_p` and `top_k`, as far as the model takes them. */
export function writeSampling(
  { temperature, topP, topK }: ChatRequest,
  traits: ModelTraits,
  isThinking: boolean,
  losses: Losses,
): JsonObject {
  const isStrict = isThinking && traits.isStrictWhileThinking
  const why = traits.takesSampling ? "the model thinks, and takes none then" : "the model takes no sampling options"
  const written: { temperature?: number; top_p?: number; top_k?: number } = {}
  if (temperature !== undefined) {
    if (!traits.takesSampling || (isStrict && temperature !== 1)) losses.drop("temperature", why)
    else written.temperature = Math.min(temperature, 1)
    if (temperature > 1 && written.temperature === 1) losses.drop("temperature", "the most is 1, which was asked for")
  }
  if (topP !== undefined) {
    if (!traits.takesSampling || (isStrict && topP < 0.95)) losses.drop("top_p", why)
    else if (written.temperature !== undefined && !traits.takesBothSampling)
      losses.drop("top_p", "the model takes it or a temperature, not both")
    else written.top_p = topP
  }
  if (topK !== undefined) {
    if (!traits.takesSampling || isStrict) losses.drop("top_k", why)
    else written.top_k = topK
  }
  return written
}

/** The options Anthropic has no word for. */
const UNKNOWN = [
  ["minP", "min_p"],
  ["seed", "seed"],
  ["presencePenalty", "presence_penalty"],
  ["frequencyPenalty", "frequency_penalty"],
  ["logprobs", "logprobs"],
  ["logitBias", "logit_bias"],
  ["audio", "audio"],
  ["metadata", "metadata"],
] as const satisfies readonly (readonly [keyof ChatRequest, string])[]

export function dropUnknown(request: ChatRequest, losses: Losses): void {
  for (const [member, name] of UNKNOWN)
    if (request[member] !== undefined) losses.drop(name, "Anthropic has no such option")
  if ((request.choices ?? 1) > 1) losses.drop("n", "Anthropic gives one answer")
  for (const it of request.modalities ?? [])
    if (it !== "text") losses.drop(`modality ${it}`, "Anthropic's models make only text")
  if (request.output.kind === "json") losses.drop("response_format", "Anthropic has JSON only by a schema")
}

const TIERS = ["auto", "standard_only"]

export function writeTier(tier: string | undefined, losses: Losses): JsonObject {
  if (tier === undefined) return {}
  if (TIERS.includes(tier)) return { service_tier: tier }
  if (tier === "default") return { service_tier: "standard_only" }
  losses.drop("service_tier", "Anthropic has auto and standard_only")
  return {}
}

/** `output_config` of the SDK. Its schemas have no name, which is but a handle, and are always kept to. */
export function writeOutputConfig({ output }: ChatRequest, effort: string | undefined, losses: Losses): JsonObject {
  const told = effort === undefined ? {} : { effort }
  if (output.kind !== "schema") return effort === undefined ? {} : { output_config: told }
  if (output.description !== undefined) losses.drop("response_format.description", "a schema of Anthropic has none")
  if (output.strict === false) losses.drop("response_format.strict", "Anthropic always keeps to the schema")
  return { output_config: { ...told, format: { type: "json_schema", schema: output.schema } } }
}
