import type { Arbitrary } from "fast-check"
import type { ChatAnswer } from "../form/answer.ts"
import { anyAnswer, anyRequest } from "../form/any.fixture.ts"
import type { AnswerPart, Turn, UserPart } from "../form/content.ts"
import type { ChatRequest, Tool } from "../form/request.ts"
import { parseObject } from "../json.ts"

const SCOPE = {
  format: "anthropic",
  userParts: ["text", "image", "document", "opaque"],
  answerParts: ["text", "reasoning", "tool-call", "opaque"],
  outputs: ["text", "schema"],
  textSignatures: false,
  names: false,
  logprobs: false,
} as const

/** Requests that Anthropic's format can say wholly, for an older model that takes a budget of thoughts and sampling. */
export const budgetRequest: Arbitrary<ChatRequest> = anyRequest({
  ...SCOPE,
  systemTurns: false,
  members: ["toolChoice", "parallelTools", "temperature", "topP", "topK", "reasoning", "user", "serviceTier", "extras"],
}).map((it) => {
  const budget = it.reasoning?.budget
  const reasoning = budget === undefined ? { effort: "none" as const } : { ...it.reasoning, budget }
  return sayable({ ...it, model: "some-model", ...(it.reasoning === undefined ? {} : { reasoning }) })
})

/** For a newer model, which measures out its thoughts itself and hears instructions at any time. */
export const adaptiveRequest: Arbitrary<ChatRequest> = anyRequest({
  ...SCOPE,
  members: ["reasoning", "user", "serviceTier", "extras"],
}).map((it) => {
  const { effort = "high", told } = it.reasoning ?? {}
  const shown = told === undefined ? {} : { told }
  const reasoning = { effort: effort === "minimal" ? ("max" as const) : effort, ...shown }
  return sayable({ ...it, model: "claude-opus-4-8", ...(it.reasoning === undefined ? {} : { reasoning }) })
})

function sayable(request: ChatRequest): ChatRequest {
  const { toolChoice, parallelTools, ...rest } = request
  const tools = request.tools.map(sayableTool)
  const choice = toolChoice ?? (parallelTools === undefined ? undefined : { kind: "auto" as const })
  return {
    ...rest,
    tools,
    turns: request.turns.map(sayableTurn),
    maxTokens: 100_000,
    streamUsage: request.stream,
    output:
      request.output.kind === "schema"
        ? { kind: "schema", name: "answer", schema: request.output.schema }
        : request.output,
    ...(tools.length > 0 && choice !== undefined ? { toolChoice: choice } : {}),
    ...(tools.length > 0 && parallelTools !== undefined && choice?.kind !== "none" ? { parallelTools } : {}),
    ...(request.serviceTier === "default" ? { serviceTier: "standard_only" } : {}),
  }
}

function sayableTool(tool: Tool): Tool {
  if (tool.kind === "provider") return { ...tool, what: "x_own_tool" }
  return { ...tool, parameters: tool.parameters ?? { type: "object", properties: {} } }
}

function sayableTurn(turn: Turn): Turn {
  switch (turn.role) {
    case "system":
      return turn
    case "user":
      return { role: "user", parts: turn.parts.map(sayablePart) }
    case "assistant":
      return { role: "assistant", parts: turn.parts.map(sayableAnswerPart) }
    case "tool":
      return { role: "tool", results: turn.results.map((it) => ({ ...it, parts: it.parts.map(sayablePart) })) }
  }
}

function sayablePart(part: UserPart): UserPart {
  if (part.kind === "opaque") return { ...part, what: "x own" }
  if (part.kind !== "image") return part
  const { detail: _, ...rest } = part
  return rest
}

function sayableAnswerPart(part: AnswerPart): AnswerPart {
  switch (part.kind) {
    case "opaque":
      return { ...part, what: "x own" }
    case "reasoning":
      return { ...part, format: "anthropic", ...(part.redacted === undefined ? { signature: "c2lnbmVk" } : {}) }
    case "tool-call": {
      const read = parseObject(part.arguments)
      return { ...part, arguments: read === undefined || part.arguments === "{}" ? "" : JSON.stringify(read) }
    }
    case "text": {
      const { citations, ...rest } = part
      const own = citations?.filter((it) => it.raw !== undefined) ?? []
      return own.length === 0 ? rest : { ...rest, citations: own }
    }
    case "refusal":
    case "made":
      return part
  }
}

/** Answers that Anthropic's format can say wholly. */
export const sayableAnswer: Arbitrary<ChatAnswer> = anyAnswer({
  ...SCOPE,
  choices: 1,
  stops: ["end", "length", "tool-calls", "stop-sequence", "refusal", "pause"],
}).map(({ usage, ...answer }) => ({
  ...answer,
  created: 0,
  choices: answer.choices.map((it) => ({ ...it, parts: it.parts.map(sayableAnswerPart) })),
  usage: {
    input: 0,
    output: 0,
    cachedInput: 0,
    cacheWrite: 0,
    cacheWriteHour: 0,
    reasoning: 0,
    ...usage,
    audioInput: 0,
    audioOutput: 0,
  },
}))
