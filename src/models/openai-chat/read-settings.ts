import type { Place } from "../form/place.ts"

/** A member that is there only where it has a value. */
export function optional<const N extends string, V>(name: N, value: V | undefined): { readonly [K in N]?: V }
export function optional(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value }
}

/** What `readSettings` reads. */
export const SETTINGS = [
  "temperature",
  "top_p",
  "top_k",
  "min_p",
  "seed",
  "presence_penalty",
  "frequency_penalty",
  "n",
  "logit_bias",
  "metadata",
  "user",
  "service_tier",
  "stop",
  "stream",
  "stream_options",
] as const

/** Settings that the older completions have too. */
export function readSettings(body: Place) {
  return {
    ...optional("temperature", body.at("temperature").optionalNumber()),
    ...optional("topP", body.at("top_p").optionalNumber()),
    ...optional("topK", body.at("top_k").optionalNumber()),
    ...optional("minP", body.at("min_p").optionalNumber()),
    ...optional("seed", body.at("seed").optionalNumber()),
    ...optional("presencePenalty", body.at("presence_penalty").optionalNumber()),
    ...optional("frequencyPenalty", body.at("frequency_penalty").optionalNumber()),
    ...optional("choices", body.at("n").optionalNumber()),
    ...optional("logitBias", body.at("logit_bias").optionalObject()),
    ...optional("metadata", body.at("metadata").optionalObject()),
    ...optional("user", body.at("user").optionalText()),
    ...optional("serviceTier", body.at("service_tier").optionalText()),
    stop: readStops(body.at("stop")),
    stream: body.at("stream").optionalBoolean() ?? false,
    streamUsage: body.at("stream_options").at("include_usage").optionalBoolean() ?? false,
  }
}

const readStops = (stop: Place): readonly string[] =>
  typeof stop.value === "string" ? [stop.value] : stop.items().map((it) => it.text())
