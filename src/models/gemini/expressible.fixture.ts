import type { Arbitrary } from "fast-check"
import type { ChatAnswer, Choice, TokenLogprob } from "../form/answer.ts"
import { anyAnswer, anyRequest } from "../form/any.fixture.ts"
import type { AnswerPart, Medium, ToolResult, Turn, UserPart } from "../form/content.ts"
import type { ChatRequest, OutputForm, Reasoning, Tool } from "../form/request.ts"
import { FORMAT } from "./format.ts"

/** Requests that this format can say, as it says them. */
export const expressibleRequest: Arbitrary<ChatRequest> = anyRequest({
  format: FORMAT,
  answerParts: ["text", "reasoning", "tool-call", "made", "opaque"],
  members: [
    "toolChoice",
    "reasoning",
    "maxTokens",
    "temperature",
    "topP",
    "topK",
    "seed",
    "presencePenalty",
    "frequencyPenalty",
    "choices",
    "logprobs",
    "modalities",
    "serviceTier",
    "extras",
  ],
  cache: false,
  citations: false,
  names: false,
  systemTurns: false,
}).map(({ reasoning, serviceTier, ...request }) => ({
  ...request,
  ...(reasoning === undefined ? {} : { reasoning: thinking(reasoning) }),
  ...(serviceTier === undefined ? {} : { serviceTier: "standard" }),
  turns: request.turns.map(turn),
  tools: [
    ...request.tools.filter((it) => it.kind === "function"),
    ...request.tools.filter((it) => it.kind !== "function"),
  ].map(tool),
  output: output(request.output),
  streamUsage: true,
  extras: request.extras ?? { format: FORMAT, members: {} },
}))

/** Answers that this format can say, as it says them. */
export const expressibleAnswer: Arbitrary<ChatAnswer> = anyAnswer({
  format: FORMAT,
  answerParts: ["text", "reasoning", "tool-call", "made", "opaque"],
  media: ["inline"],
  stops: ["end", "length", "filtered", "pause", "other"],
}).map(({ serviceTier: _, ...answer }) => ({
  ...answer,
  choices: answer.choices.map(choice),
  ...(answer.usage === undefined ? {} : { usage: { ...answer.usage, cacheWrite: 0 } }),
}))

function thinking({ effort, ...rest }: Reasoning): Reasoning {
  if (effort === undefined) return rest
  return { effort: effort === "none" ? "minimal" : effort === "xhigh" || effort === "max" ? "high" : effort }
}

function turn(it: Turn): Turn {
  switch (it.role) {
    case "user":
      return { ...it, parts: it.parts.map(userPart) }
    case "tool":
      return { ...it, results: it.results.map(result) }
    case "assistant":
      return { ...it, parts: it.parts.flatMap(said) }
    case "system":
      return it
  }
}

/** Texts of a result are one, before its media. */
function result(it: ToolResult): ToolResult {
  const texts = it.parts.flatMap((part) => (part.kind === "text" ? [part.text] : []))
  const media = it.parts.filter((part) => part.kind !== "text").map(userPart)
  const isTold = texts.length > 0 || it.isError
  return { ...it, parts: isTold ? [{ kind: "text", text: texts.join("\n") }, ...media] : media }
}

/** Media are told apart by their type alone. */
function userPart(part: UserPart): UserPart {
  switch (part.kind) {
    case "text":
      return part
    case "opaque":
      return { ...part, what: "type" }
    case "image":
      return { kind: "image", medium: typed(part.medium, "image/png") }
    case "audio":
      return { kind: "audio", medium: typed(part.medium, "audio/wav") }
    case "video":
      return { kind: "video", medium: typed(part.medium, "video/mp4") }
    case "document": {
      const { medium, name } = part
      const told = medium.kind === "text" ? medium : typed(medium, "application/pdf")
      return { kind: "document", medium: told, ...(name === undefined ? {} : { name }) }
    }
  }
}

const typed = (medium: Medium, type: string): Medium => (medium.kind === "inline" ? medium : { ...medium, type })

function tool(it: Tool): Tool {
  if (it.kind === "provider") return { ...it, what: "type" }
  const { strict: _, ...rest } = it
  return rest
}

const output = (it: OutputForm): OutputForm =>
  it.kind === "schema" ? { kind: "schema", name: "response", schema: it.schema } : it

function choice(told: Choice): Choice {
  const parts: AnswerPart[] = []
  for (const part of told.parts.flatMap(said)) {
    const before = parts.at(-1)
    // Texts that follow each other are one.
    const continues =
      (part.kind === "text" || part.kind === "reasoning") &&
      before?.kind === part.kind &&
      (!("signature" in before) || before.signature === undefined)
    if (!continues) parts.push(part.kind === "reasoning" ? { ...part, format: FORMAT } : part)
  }
  const called = parts.some((it) => it.kind === "tool-call")
  const last = parts.length - 1
  const { stopDetail: _, ...rest } = told
  const detail = told.stop === "filtered" ? "RECITATION" : told.stop === "other" ? "LANGUAGE" : undefined
  return {
    ...rest,
    parts: parts.map((it, index) => cited(it, index === last)),
    stop: told.stop === "end" && called ? "tool-calls" : told.stop,
    ...(detail === undefined ? {} : { stopDetail: detail }),
    ...(told.logprobs === undefined ? {} : { logprobs: told.logprobs.map(token) }),
  }
}

/** Citations are of what was said last, and of what is not signed. */
function cited(part: AnswerPart, isLast: boolean): AnswerPart {
  if (part.kind !== "text") return part
  const { citations, ...rest } = part
  const own = citations?.filter((it) => it.raw !== undefined) ?? []
  return isLast && own.length > 0 && part.signature === undefined ? { ...rest, citations: own } : rest
}

const token = (it: TokenLogprob): TokenLogprob => ({
  ...it,
  bytes: null,
  top: it.top.map((likely) => ({ ...likely, bytes: null })),
})

function said(part: AnswerPart): readonly AnswerPart[] {
  switch (part.kind) {
    case "reasoning": {
      const { redacted, signature, ...rest } = part
      const signed = signature ?? redacted
      return [signed === undefined ? rest : { ...rest, text: part.text || "Hm.", signature: signed }]
    }
    case "tool-call":
      return [part.arguments.startsWith('{"unfinished') ? { ...part, arguments: "{}" } : part]
    case "made":
      return [{ ...part, medium: typed(part.medium, "image/png") }]
    case "opaque":
      return [{ ...part, what: "type" }]
    case "text":
      return [part]
    case "refusal":
      return []
  }
}
