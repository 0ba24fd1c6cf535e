import type { Stop, TokenLogprob } from "../form/answer.ts"
import type { Citation } from "../form/content.ts"
import type { Usage } from "../form/usage.ts"
import { NO_USAGE } from "../form/usage.ts"
import { type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"

/** `Usage` (cohere-ai, api/types/Usage): all that was read and written; what is billed, which is less, only where no more is told. */
export function usageOf(value: Json | undefined): Usage | undefined {
  const told = objectOf(value)
  const counted = objectOf(told?.tokens) ?? objectOf(told?.billed_units)
  const input = numberOf(counted?.input_tokens)
  const output = numberOf(counted?.output_tokens)
  if (input === undefined && output === undefined) return undefined
  const cached = numberOf(told?.cached_tokens) ?? 0
  return { ...NO_USAGE, input: input ?? 0, output: output ?? 0, cachedInput: Math.min(cached, input ?? 0) }
}

/** `ChatFinishReason`. */
export function stopOf(value: Json | undefined, hasCalls: boolean): { readonly stop: Stop; readonly detail?: string } {
  const reason = textOf(value)
  switch (reason) {
    case "COMPLETE":
      return { stop: hasCalls ? "tool-calls" : "end" }
    case "STOP_SEQUENCE":
      return { stop: "stop-sequence" }
    case "MAX_TOKENS":
      return { stop: "length" }
    case "TOOL_CALL":
      return { stop: "tool-calls" }
    default:
      return { stop: "other", ...(reason === undefined ? {} : { detail: reason }) }
  }
}

/** The id a document of a request is given, by which citations name it. */
export const documentId = (at: number): string => `document-${at}`

const DOCUMENT = /^document-(\d{1,6})$/

/** `Citation`; of its sources the first that tells a document is told, all of them stand in `raw`. */
export function citationOf(value: Json | undefined): Citation | undefined {
  const told = objectOf(value)
  if (told === undefined) return undefined
  const from = numberOf(told.start)
  const to = numberOf(told.end)
  const quote = textOf(told.text)
  const source = listOf(told.sources)
    .map(objectOf)
    .find((it) => it?.type === "document")
  const document = objectOf(source?.document)
  const title = textOf(document?.title)
  const url = textOf(document?.url)
  const [, at] = DOCUMENT.exec(textOf(source?.id) ?? "") ?? []
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(quote === undefined ? {} : { quote }),
    ...(title === undefined ? {} : { title }),
    ...(url === undefined ? {} : { url }),
    ...(at === undefined ? {} : { document: Number(at) }),
    raw: { format: "cohere", value: told },
  }
}

/** `LogprobItem`: the text of a few tokens together, which is told with the first of them. */
export function logprobsOf(items: readonly Json[]): readonly TokenLogprob[] | undefined {
  const tokens = items.map(objectOf).flatMap((item) =>
    listOf(item?.logprobs).map(
      (it, at): TokenLogprob => ({
        token: at === 0 ? (textOf(item?.text) ?? "") : "",
        logprob: numberOf(it) ?? 0,
        bytes: null,
        top: [],
      }),
    ),
  )
  return tokens.length === 0 ? undefined : tokens
}

/** `null` is what Cohere gives as arguments of tools that have none. */
export function argumentsOf(told: JsonObject | undefined): string {
  const text = textOf(told?.arguments) ?? ""
  return text === "null" ? "{}" : text
}
