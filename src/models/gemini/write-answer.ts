import type { ChatAnswer, Choice } from "../form/answer.ts"
import type { StreamEvent } from "../form/events.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { extraPlace } from "./answer-events.ts"
import { writeCitations } from "./citations.ts"
import { FORMAT } from "./format.ts"
import { writeLogprobs } from "./logprobs.ts"
import { writeStop } from "./stops.ts"
import { writeUsage } from "./usage.ts"
import { writeAnswerPart } from "./write-answer-part.ts"

/** A `GenerateContentResponse`. */
export function writeAnswer(answer: ChatAnswer, _request: ChatRequest, losses: Losses): JsonObject {
  if (answer.serviceTier !== undefined) losses.drop("serviceTier", "an answer of Gemini does not tell it")
  const { own, ofCandidates } = splitExtras(answer.extras, losses)
  return {
    ...(isBlocked(own, answer.choices)
      ? {}
      : { candidates: answer.choices.map((it, index) => writeCandidate(it, index, ofCandidates.get(index), losses)) }),
    ...own,
    ...(answer.usage === undefined ? {} : { usageMetadata: writeUsage(answer.usage, losses) }),
    ...writeHead(answer),
  }
}

/** Gemini has no candidate for a prompt it blocked. */
function isBlocked(own: JsonObject, choices: readonly Choice[]): boolean {
  return own.promptFeedback !== undefined && choices.every((it) => it.stop === "filtered" && it.parts.length === 0)
}

/** What every answer of a stream repeats. */
export function writeHead({ id, model, created }: Pick<ChatAnswer, "id" | "model" | "created">): JsonObject {
  const time = created > 0 && created <= LATEST ? { createTime: new Date(created * 1000).toISOString() } : {}
  return { modelVersion: model, ...time, responseId: id }
}

/** Seconds since the epoch up to which a date is one (ECMA-262 §21.4.1.1); providers write what they like. */
const LATEST = 8.64e12

function writeCandidate(choice: Choice, index: number, own: JsonObject | undefined, losses: Losses): JsonObject {
  const { parts, logprobs, stop, stopDetail } = choice
  const cited = parts.flatMap((it) => (it.kind === "text" && it.citations !== undefined ? [it] : []))
  const sources = cited.map((it) => writeCitations(it.citations ?? [], it.text, losses)?.citationSources ?? [])
  const citationSources = sources.flat()
  return {
    content: { parts: parts.map((it) => writeAnswerPart(it, losses)).filter((it) => it !== undefined), role: "model" },
    finishReason: writeStop(stop, stopDetail, losses),
    index,
    ...(citationSources.length === 0 ? {} : { citationMetadata: { citationSources } }),
    ...(logprobs === undefined ? {} : { logprobsResult: writeLogprobs(logprobs, losses) }),
    ...own,
  }
}

/** Members of Gemini's own answers go back where they stood; those of others are named as lost. */
export function splitExtras(
  extras: Extract<StreamEvent, { readonly kind: "end" }>["extras"],
  losses: Losses,
): { readonly own: JsonObject; readonly ofCandidates: ReadonlyMap<number, JsonObject> } {
  const own = new Map<string, JsonObject[string]>()
  const ofCandidates = new Map<number, JsonObject>()
  for (const [member, value] of Object.entries(extras?.members ?? {})) {
    if (extras?.format !== FORMAT) {
      losses.drop(member, `only answers of ${extras?.format} have it`)
      continue
    }
    const { candidate, name } = extraPlace(member)
    if (candidate === undefined) own.set(name, value)
    else ofCandidates.set(candidate, { ...ofCandidates.get(candidate), [name]: value })
  }
  return { own: Object.fromEntries(own), ofCandidates }
}
