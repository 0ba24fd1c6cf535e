import type { TokenLogprob } from "../form/answer.ts"
import { isList, type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"

/** `choice.logprobs`: tokens of the content, or of the refusal where that is what came. Undefined for none. */
export function readLogprobs(value: Json | undefined): readonly TokenLogprob[] | undefined {
  const told = objectOf(value)
  if (told === undefined) return undefined
  const items = [...listOf(told.content), ...listOf(told.refusal)]
  if (items.length === 0) return undefined
  return items.map((item) => ({ ...readToken(item), top: listOf(objectOf(item)?.top_logprobs).map(readToken) }))
}

function readToken(value: Json): Omit<TokenLogprob, "top"> {
  const told = objectOf(value)
  const bytes = told?.bytes
  return {
    token: textOf(told?.token) ?? "",
    logprob: numberOf(told?.logprob) ?? 0,
    bytes: isList(bytes) ? bytes.map((it) => numberOf(it) ?? 0) : null,
  }
}

export function writeLogprobs(tokens: readonly TokenLogprob[], isRefusal: boolean): JsonObject {
  const written = tokens.map(({ token, logprob, bytes, top }) => ({
    token,
    logprob,
    bytes,
    top_logprobs: top.map((it) => ({ token: it.token, logprob: it.logprob, bytes: it.bytes })),
  }))
  return isRefusal ? { content: null, refusal: written } : { content: written, refusal: null }
}
