import type { Asked, AskedMessage, AskedPart } from "./asked.fixture.ts"
import { sampleOf } from "./sample.fixture.ts"

/** What a scripted provider answers, whatever the format it is written in. */
export interface Answer {
  readonly parts: readonly AnswerPart[]
  readonly stop: AnswerStop
  readonly usage: AnswerUsage
}

export type AnswerPart =
  | { readonly kind: "text"; readonly text: string }
  /** `signature` is base64. Formats without a place for it leave it out. */
  | { readonly kind: "reasoning"; readonly text: string; readonly signature: string }
  | { readonly kind: "tool-call"; readonly name: string; readonly arguments: unknown }

export type AnswerStop =
  | { readonly kind: "end" }
  | { readonly kind: "length" }
  | { readonly kind: "tools" }
  | { readonly kind: "stop-sequence"; readonly sequence: string }
  | { readonly kind: "refusal"; readonly text: string }

/** In tokens. `input` counts the cached ones in, `output` the reasoning: formats which count otherwise subtract. */
export interface AnswerUsage {
  readonly input: number
  readonly output: number
  readonly cachedInput: number
  readonly cacheWrite: number
  readonly reasoning: number
}

/** Decides the answer; `isRepeated`: the provider has been asked the very same before. */
export type Script = (asked: Asked, isRepeated: boolean) => Answer

export const reasoningText = "Let me think about it."
/** Base64, as Anthropic, Gemini and Bedrock have it. */
export const reasoningSignature = "c2lnbmF0dXJlLW9mLXRoZS10aG91Z2h0"
export const refusalText = "I cannot help with that."
const lengthText = "This answer is cut"

/**
 * The script of every test that compares formats. Looks at the last message: "say X", "weather in A and B" with a tool
 * `get_weather` offered, "stop early" with a limit of tokens, "refuse me", tool results, media. A schema asked for is
 * matched, a forced tool is called.
 */
export const standardScript: Script = (asked, isRepeated) => {
  const { parts, stop } = spoken(asked)
  const all: readonly AnswerPart[] = asked.isReasoningAsked
    ? [{ kind: "reasoning", text: reasoningText, signature: reasoningSignature }, ...parts]
    : parts
  return { parts: all, stop, usage: usageOf(asked, all, isRepeated) }
}

type Spoken = Pick<Answer, "parts" | "stop">

function spoken(asked: Asked): Spoken {
  const last = lastTurn(asked.messages)
  const said = textOf(last)
  if (said.includes("refuse me")) return { parts: [], stop: { kind: "refusal", text: refusalText } }
  const results = last.flatMap((it) => (it.kind === "tool-result" ? [it.text] : []))
  if (results.length > 0) return cut(`The results are: ${results.join("; ")}`, asked)
  const media = last.flatMap(described)
  if (media.length > 0) return cut(`I see ${media.join(" and ")}`, asked)
  if (asked.schema !== undefined) return cut(JSON.stringify(sampleOf(asked.schema)), asked)
  const calls = callsOf(asked, said)
  if (calls.length > 0) return { parts: calls, stop: { kind: "tools" } }
  if (said.includes("stop early") && asked.maxTokens !== undefined) {
    return { parts: [{ kind: "text", text: lengthText }], stop: { kind: "length" } }
  }
  return cut(/say (.+)/s.exec(said)?.[1] ?? "Hello.", asked)
}

/** The text as far as the first stop sequence. */
function cut(text: string, { stops }: Asked): Spoken {
  const found = stops
    .map((sequence) => ({ sequence, at: text.indexOf(sequence) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0]
  if (found === undefined) return { parts: [{ kind: "text", text }], stop: { kind: "end" } }
  const parts: AnswerPart[] = found.at === 0 ? [] : [{ kind: "text", text: text.slice(0, found.at) }]
  return { parts, stop: { kind: "stop-sequence", sequence: found.sequence } }
}

function callsOf({ tools, toolChoice }: Asked, said: string): readonly AnswerPart[] {
  if (toolChoice === "none" || tools.length === 0) return []
  const weather = /weather in (.+?)[.?!]?\s*$/s.exec(said)?.[1]
  const isForced = toolChoice !== "auto"
  const tool = typeof toolChoice === "object" ? tools.find((it) => it.name === toolChoice.name) : undefined
  const isWeatherOffered = (tool ?? tools.find((it) => it.name === "get_weather"))?.name === "get_weather"
  if (isWeatherOffered && said.includes("weather")) {
    const cities = (weather ?? "Paris").split(" and ")
    return cities.map((city) => ({ kind: "tool-call", name: "get_weather", arguments: { city } }))
  }
  const forced = tool ?? tools[0]
  if (!isForced || forced === undefined) return []
  return [{ kind: "tool-call", name: forced.name, arguments: sampleOf(forced.parameters ?? { type: "object" }) }]
}

/** The parts after the last answer of the assistant. Tool results and what the user says with them are one turn. */
function lastTurn(messages: readonly AskedMessage[]): readonly AskedPart[] {
  const at = messages.findLastIndex(({ role }) => role === "assistant")
  return messages.slice(at + 1).flatMap(({ parts }) => parts)
}

const textOf = (parts: readonly AskedPart[]): string =>
  parts.flatMap((it) => (it.kind === "text" ? [it.text] : [])).join("\n")

function described(part: AskedPart): readonly string[] {
  if (part.kind === "link") return [`${article(part.media)} at ${part.url}`]
  if (part.kind !== "media") return []
  return [`${article(part.media)} of type ${part.mime} with ${part.bytes} bytes`]
}

const article = (media: string): string => `${/^[aeiou]/.test(media) ? "an" : "a"} ${media}`

/**
 * Counted the same in every format: words of what is written, so many for each other part. Tool definitions and what
 * a format wraps around the texts do not count, so that a translated request costs what the original did.
 */
export function usageOf(asked: Asked, parts: readonly AnswerPart[], isRepeated: boolean): AnswerUsage {
  const input = 10 + wordsOf(asked.system) + asked.messages.flatMap((it) => it.parts).reduce(addedBy, 0)
  const reasoning = parts.some(({ kind }) => kind === "reasoning") ? 6 : 0
  const output = parts.reduce((sum, it) => sum + (it.kind === "tool-call" ? 5 : wordsOf([it.text])), 1)
  const cachedInput = isRepeated ? 8 : 0
  return { input, output, cachedInput, cacheWrite: asked.hasCacheMark && !isRepeated ? 8 : 0, reasoning }
}

const addedBy = (sum: number, part: AskedPart): number => {
  if (part.kind === "text") return sum + wordsOf([part.text])
  return sum + (part.kind === "media" || part.kind === "link" ? 50 : 7)
}

const wordsOf = (texts: readonly string[]): number => texts.join(" ").split(/\s+/).filter(Boolean).length
