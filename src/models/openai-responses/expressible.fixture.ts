import type { Arbitrary } from "fast-check"
import type { ChatAnswer, Choice } from "../form/answer.ts"
import { anyAnswer, anyRequest } from "../form/any.fixture.ts"
import type { AnswerPart, Turn, UserPart } from "../form/content.ts"
import type { ChatRequest, Tool } from "../form/request.ts"
import { FORMAT } from "./format.ts"

/** Requests that this format can say, as it says them. */
export const expressibleRequest: Arbitrary<ChatRequest> = anyRequest({
  format: FORMAT,
  userParts: ["text", "image", "document"],
  media: ["inline", "address", "file"],
  members: [
    "toolChoice",
    "parallelTools",
    "reasoning",
    "maxTokens",
    "temperature",
    "topP",
    "logprobs",
    "user",
    "metadata",
    "serviceTier",
    "extras",
  ],
  cache: false,
  citations: false,
  textSignatures: false,
  names: false,
  failedResults: false,
}).map(({ reasoning, ...request }) => ({
  ...request,
  ...(reasoning === undefined ? {} : { reasoning: { effort: reasoning.effort ?? "low" } }),
  turns: request.turns.map(turn).filter((it) => it.role !== "assistant" || it.parts.length > 0),
  tools: request.tools.map(tool),
  stop: [],
  streamUsage: true,
  extras: request.extras ?? { format: FORMAT, members: {} },
}))

/** Answers that this format can say, as it says them. */
export const expressibleAnswer: Arbitrary<ChatAnswer> = anyAnswer({
  format: FORMAT,
  media: ["inline"],
  stops: ["end", "length", "filtered", "pause", "other"],
  textSignatures: false,
  choices: 1,
}).map((answer) => ({
  ...answer,
  choices: answer.choices.map(choice),
  ...(answer.usage === undefined ? {} : { usage: { ...answer.usage, audioInput: 0, audioOutput: 0 } }),
}))

function turn(it: Turn): Turn {
  switch (it.role) {
    case "user":
      return { ...it, parts: it.parts.map(userPart) }
    case "tool":
      return { ...it, results: it.results.map((result) => ({ ...result, parts: result.parts.map(userPart) })) }
    case "assistant":
      return { ...it, parts: it.parts.flatMap((part) => answerPart(part, false)) }
    case "system":
      return it
  }
}

function userPart(part: UserPart): UserPart {
  if (part.kind !== "document") return part
  const { context: _, cited: __, ...rest } = part
  return rest
}

function tool(it: Tool): Tool {
  return it.kind === "function" ? { ...it, strict: it.strict ?? false } : { ...it, what: "x_own_tool" }
}

function choice({ parts, stop, logprobs, ...rest }: Choice): Choice {
  const said = parts.flatMap((it) => answerPart(it, true))
  const refused = said.some((it) => it.kind === "refusal")
  const called = said.some((it) => it.kind === "tool-call")
  return {
    ...rest,
    parts: said,
    stop: stop === "end" ? (called ? "tool-calls" : refused ? "refusal" : "end") : stop,
    ...(logprobs === undefined || !said.some((it) => it.kind === "text") ? {} : { logprobs }),
  }
}

/** Provider's thoughts are always its own. */
function answerPart(part: AnswerPart, isAnswered: boolean): readonly AnswerPart[] {
  switch (part.kind) {
    case "text": {
      const { citations, ...rest } = part
      const own = citations?.filter((it) => it.raw !== undefined) ?? []
      return [own.length === 0 ? rest : { ...rest, citations: own }]
    }
    case "reasoning": {
      const { redacted, signature, format, ...rest } = part
      const encrypted = signature ?? redacted
      const owned = isAnswered || format !== undefined ? { format: FORMAT } : {}
      return [{ ...rest, ...owned, ...(encrypted === undefined ? {} : { signature: encrypted }) }]
    }
    case "made":
      return part.medium.kind === "inline" ? [part] : []
    case "opaque":
      return [{ ...part, what: "x_own" }]
    case "tool-call":
    case "refusal":
      return [part]
  }
}
