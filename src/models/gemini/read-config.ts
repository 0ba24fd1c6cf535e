import type { Place } from "../form/place.ts"
import type { ChatRequest, Effort, Reasoning } from "../form/request.ts"
import { keepOthers, member, nameOf, optionalNumber } from "./member.ts"
import { readOutput } from "./read-tools.ts"
import type { UnreadMembers } from "./unread-members.ts"

const READ: ReadonlySet<string> = new Set([
  "temperature",
  "topP",
  "topK",
  "candidateCount",
  "maxOutputTokens",
  "stopSequences",
  "seed",
  "presencePenalty",
  "frequencyPenalty",
  "responseMimeType",
  "responseSchema",
  "responseJsonSchema",
  "responseLogprobs",
  "logprobs",
  "responseModalities",
  "thinkingConfig",
])
const THINKING: ReadonlySet<string> = new Set(["includeThoughts", "thinkingBudget", "thinkingLevel"])
const LEVELS: ReadonlyMap<string, Effort> = new Map([
  ["MINIMAL", "minimal"],
  ["LOW", "low"],
  ["MEDIUM", "medium"],
  ["HIGH", "high"],
])

type Config = Pick<ChatRequest, "output" | "stop"> & Partial<ChatRequest>

/** `generationConfig`. */
export function readConfig(config: Place, unread: UnreadMembers): Config {
  keepOthers(config, READ, unread, "generationConfig")
  const number = (name: string): number | undefined => optionalNumber(member(config, name))
  const numbers = {
    temperature: number("temperature"),
    topP: number("topP"),
    topK: number("topK"),
    choices: number("candidateCount"),
    maxTokens: number("maxOutputTokens"),
    seed: number("seed"),
    presencePenalty: number("presencePenalty"),
    frequencyPenalty: number("frequencyPenalty"),
    logprobs: readLogprobs(config),
  }
  const reasoning = readThinking(member(config, "thinkingConfig"), unread)
  const modalities = readModalities(member(config, "responseModalities"))
  const told: Partial<ChatRequest> = Object.fromEntries(Object.entries(numbers).filter(([, it]) => it !== undefined))
  return {
    ...told,
    output: readOutput(config, unread),
    stop: member(config, "stopSequences")
      .items()
      .map((it) => it.text()),
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(modalities === undefined ? {} : { modalities }),
  }
}

function readLogprobs(config: Place): number | undefined {
  const top = optionalNumber(config.at("logprobs"))
  const isAsked = member(config, "responseLogprobs").optionalBoolean()
  return isAsked === true ? (top ?? 0) : undefined
}

function readThinking(place: Place, unread: UnreadMembers): Reasoning | undefined {
  if (place.isAbsent) return undefined
  const path = "generationConfig.thinkingConfig"
  keepOthers(place, THINKING, unread, path)
  const told = member(place, "includeThoughts").optionalBoolean()
  const budget = optionalNumber(member(place, "thinkingBudget"))
  const level = nameOf(member(place, "thinkingLevel"))
  const effort = level === undefined ? undefined : LEVELS.get(level)
  if (effort === undefined) unread.keep(`${path}.thinkingLevel`, level)
  // -1: as the model sees fit.
  const isDynamic = budget !== undefined && budget < 0
  if (isDynamic) unread.keep(`${path}.thinkingBudget`, budget)
  return {
    ...(effort === undefined ? {} : { effort }),
    ...(budget === undefined || isDynamic ? {} : { budget }),
    ...(told === undefined ? {} : { told }),
  }
}

function readModalities(place: Place): ChatRequest["modalities"] {
  if (place.isAbsent) return undefined
  return place.items().map((it) => {
    switch (nameOf(it)) {
      case "TEXT":
        return "text"
      case "IMAGE":
        return "image"
      case "AUDIO":
        return "audio"
      default:
        throw it.fault('one of "TEXT", "IMAGE", "AUDIO"')
    }
  })
}
