import type { Stop, TokenLogprob } from "../form/answer.ts"
import type { ToolCallPart } from "../form/content.ts"
import type { Usage } from "../form/usage.ts"
import { NO_USAGE } from "../form/usage.ts"
import { type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"
import { argumentsOf } from "../openai-chat/call.ts"
import { readLogprobs } from "../openai-chat/logprobs.ts"
import { digestOf, madeCallId } from "../openai-chat/made-id.ts"

/**
 * What a line of a stream and a whole answer have in common (`ChatResponse`, ollama api/types.go). Its durations are
 * measurements of the server, not of the answer, and are passed over.
 */
export function headOf(told: JsonObject): { readonly id: string; readonly model: string; readonly created: number } {
  const model = textOf(told.model) ?? ""
  const at = textOf(told.created_at) ?? ""
  const milliseconds = Date.parse(at)
  return {
    // Ollama has no ids; its time has nanoseconds.
    id: `ollama-${digestOf(`${at} ${model}`, 24)}`,
    model,
    created: Number.isNaN(milliseconds) ? 0 : Math.floor(milliseconds / 1000),
  }
}

export function usageOf(told: JsonObject): Usage | undefined {
  const input = numberOf(told.prompt_eval_count)
  const output = numberOf(told.eval_count)
  if (input === undefined && output === undefined) return undefined
  return { ...NO_USAGE, input: input ?? 0, output: output ?? 0 }
}

/** `done_reason`, which older servers do not tell. */
export function stopOf(told: JsonObject, hasCalls: boolean): { readonly stop: Stop; readonly detail?: string } {
  const reason = textOf(told.done_reason)
  if (reason === "length") return { stop: "length" }
  if (reason === "stop" || reason === undefined) return { stop: hasCalls ? "tool-calls" : "end" }
  // What was asked for is done: the model was put into memory, or taken out of it.
  if (reason === "load" || reason === "unload") return { stop: "end" }
  return { stop: "other", detail: reason }
}

/** Ollama gives calls whole, their arguments as an object, and ids only lately. */
export function callOf(value: Json, answer: string, at: number): ToolCallPart | undefined {
  const call = objectOf(value)
  const told = objectOf(call?.function)
  if (told === undefined) return undefined
  return {
    kind: "tool-call",
    id: textOf(call?.id) || madeCallId(answer, 0, at),
    name: textOf(told.name) ?? "",
    arguments: argumentsOf(told.arguments),
  }
}

export const logprobsOf = (told: JsonObject): readonly TokenLogprob[] | undefined =>
  told.logprobs === undefined ? undefined : readLogprobs({ content: listOf(told.logprobs) })
