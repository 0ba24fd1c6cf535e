import { NO_USAGE, type Usage } from "../form/usage.ts"
import { type JsonObject, numberOf, objectOf } from "../json.ts"

/** What an answer that is no chat says it used: embeddings, images, transcriptions, in OpenAI's members or Cohere's. */
export function usageOf({ usage, meta }: JsonObject): Usage | undefined {
  const told = objectOf(usage)
  if (told !== undefined) {
    const input = numberOf(told.prompt_tokens) ?? numberOf(told.input_tokens) ?? numberOf(told.total_tokens)
    const output = numberOf(told.completion_tokens) ?? numberOf(told.output_tokens) ?? 0
    return input === undefined ? undefined : { ...NO_USAGE, input, output }
  }
  const units = objectOf(objectOf(meta)?.billed_units)
  const input = numberOf(units?.input_tokens)
  return input === undefined ? undefined : { ...NO_USAGE, input }
}
