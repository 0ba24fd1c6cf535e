import type { ChatAnswer, Choice } from "../form/answer.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { writeMessage } from "./answer-parts.ts"
import { writeLogprobs } from "./logprobs.ts"
import { isChat } from "./own.ts"
import { writeStop } from "./stops.ts"
import { writeUsage } from "./usage.ts"

/** `ChatCompletion` (openai-node, resources/chat/completions). */
export function writeAnswer(answer: ChatAnswer, request: ChatRequest, losses: Losses): JsonObject {
  const { id, created, model, choices, usage, serviceTier, extras } = answer
  const legacy = isLegacy(request)
  if ((usage?.cacheWriteHour ?? 0) > 0) dropHour(losses)
  return {
    ...ownMembers(extras, losses),
    id,
    object: "chat.completion",
    created,
    model,
    choices: choices.map((it, index) => writeChoice(it, index, legacy, losses)),
    ...(usage === undefined ? {} : { usage: writeUsage(usage) }),
    ...(serviceTier === undefined ? {} : { service_tier: serviceTier }),
  }
}

function writeChoice(choice: Choice, index: number, legacy: boolean, losses: Losses): JsonObject {
  const { parts, logprobs } = choice
  const hasRefusal = parts.some(({ kind }) => kind === "refusal")
  return {
    index,
    message: writeMessage(parts, legacy, losses),
    logprobs: logprobs === undefined ? null : writeLogprobs(logprobs, hasRefusal),
    ...writeStop(choice, hasRefusal, legacy, losses),
  }
}

/** Whether the caller told `functions`, as OpenAI's chat had it before `tools`. */
export const isLegacy = ({ extras }: ChatRequest): boolean =>
  extras !== undefined && isChat(extras.format) && extras.members.functions !== undefined

export const dropHour = (losses: Losses): void =>
  losses.drop("usage.cacheWriteHour", "OpenAI's usage has one number for what was written to the cache")

/** What only OpenAI's chat knows of an answer; what others know is dropped by name. */
export function ownMembers(extras: ChatAnswer["extras"], losses: Losses): JsonObject {
  if (extras === undefined) return {}
  if (isChat(extras.format)) return extras.members
  for (const name of Object.keys(extras.members)) losses.drop(name, `only ${extras.format} knows it`)
  return {}
}
