import type { Asked } from "../codec.ts"
import { Place } from "../form/place.ts"
import type { ChatRequest } from "../form/request.ts"
import { isList, type JsonObject } from "../json.ts"
import { Leftovers } from "../openai-chat/leftovers.ts"
import { optional, readSettings, SETTINGS } from "../openai-chat/read-settings.ts"

const CARRIED: ReadonlySet<string> = new Set([...SETTINGS, "model", "prompt", "max_tokens", "logprobs"])
const KNOWN: ReadonlySet<string> = new Set([...CARRIED, "echo", "suffix", "best_of"])

/**
 * `CompletionCreateParams` (openai-node, resources/completions): the prompt is what a user says in a chat. What a chat cannot do
 * (`echo`, `suffix`, `best_of`) is left over under `completions.`, so that every format names it as lost.
 */
export function readRequest(json: JsonObject, asked: Asked): ChatRequest {
  const body = new Place(json)
  const left = new Leftovers()
  left.take(json, KNOWN, "")
  const best = body.at("best_of").optionalNumber() ?? 1
  if (body.at("echo").optionalBoolean() === true) left.keep("completions.echo", true)
  if (body.at("suffix").optionalText() !== undefined) left.keep("completions.suffix", true)
  if (best > (body.at("n").optionalNumber() ?? 1)) left.keep("completions.best_of", best)
  return {
    model: asked.model ?? body.at("model").text(),
    system: [],
    turns: [{ role: "user", parts: [{ kind: "text", text: promptOf(body.at("prompt")) }] }],
    tools: [],
    output: { kind: "text" },
    ...optional("maxTokens", body.at("max_tokens").optionalNumber()),
    ...optional("logprobs", body.at("logprobs").optionalNumber()),
    ...readSettings(body),
    ...left.extras,
  }
}

/** Several prompts are several chats; token ids are of one model's own vocabulary. */
function promptOf(prompt: Place): string {
  const { value } = prompt
  const [only] = isList(value) && value.length === 1 ? value : [value]
  if (typeof only === "string") return only
  throw prompt.fault("one text, alone or in an array (send one request for each prompt, and text instead of token ids)")
}
