import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { WireFormat } from "../wire-format.ts"

/** Members of a request that formats may lack, as OpenAI's chat names them. */
const NAMES = {
  topK: "top_k",
  minP: "min_p",
  seed: "seed",
  logprobs: "logprobs",
  logitBias: "logit_bias",
  audio: "audio",
  user: "user",
  metadata: "metadata",
  serviceTier: "service_tier",
} as const

/** Names each of the members that is set as lost. */
export function dropMembers(
  request: ChatRequest,
  members: readonly (keyof typeof NAMES)[],
  why: string,
  losses: Losses,
): void {
  for (const it of members) if (request[it] !== undefined) losses.drop(NAMES[it], why)
  // More than one call at a time is what every model that calls tools may do.
  if (request.parallelTools === false) losses.drop("parallel_tool_calls", why)
  if ((request.choices ?? 1) > 1) losses.drop("n", why)
  if (request.modalities?.some((it) => it !== "text") === true) losses.drop("modalities", why)
}

/** Extras go only to the format that knows them. */
export function dropForeignExtras({ extras }: ChatRequest, format: WireFormat, losses: Losses): void {
  if (extras === undefined || extras.format === format) return
  for (const name of Object.keys(extras.members)) losses.drop(name, `only ${extras.format} knows it`)
}
