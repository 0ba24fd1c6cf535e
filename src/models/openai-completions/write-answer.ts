import type { ChatAnswer, Choice } from "../form/answer.ts"
import type { AnswerPart } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { writeUsage } from "../openai-chat/usage.ts"
import { dropHour, ownMembers } from "../openai-chat/write-answer.ts"
import { isTold, logprobsOf, reasonOf } from "./answer-parts.ts"

/** `Completion` (openai-node, resources/completions). */
export function writeAnswer(answer: ChatAnswer, _request: ChatRequest, losses: Losses): JsonObject {
  const { id, created, model, choices, usage, serviceTier, extras } = answer
  if (serviceTier !== undefined) losses.drop("service_tier", "completions do not tell it")
  if ((usage?.cacheWriteHour ?? 0) > 0) dropHour(losses)
  return {
    ...ownMembers(extras, losses),
    id,
    object: "text_completion",
    created,
    model,
    choices: choices.map((it, index) => writeChoice(it, index, losses)),
    ...(usage === undefined ? {} : { usage: writeUsage(usage) }),
  }
}

function writeChoice({ parts, stop, logprobs }: Choice, index: number, losses: Losses): JsonObject {
  return {
    text: parts.map((it) => textOf(it, losses)).join(""),
    index,
    logprobs: logprobs === undefined ? null : logprobsOf(logprobs, 0),
    finish_reason: reasonOf(stop, losses),
  }
}

function textOf(part: AnswerPart, losses: Losses): string {
  if (part.kind === "text" || part.kind === "refusal") {
    if (part.kind === "text") dropDress(part.citations !== undefined, part.signature !== undefined, losses)
    return part.text
  }
  isTold(part.kind === "opaque" ? { kind: "opaque", part } : part, losses)
  return ""
}

export function dropDress(isCited: boolean, isSigned: boolean, losses: Losses): void {
  if (isCited) losses.drop("citations", "completions are only text")
  if (isSigned) losses.drop("thought signatures", "completions are only text")
}
