import type { TokenLogprob } from "../form/answer.ts"
import { isList, type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"

type Token = Omit<TokenLogprob, "top">

export function readLogprobs(value: Json | undefined): readonly TokenLogprob[] {
  return listOf(value).flatMap((it) => {
    const token = readToken(it)
    if (token === undefined) return []
    const top = listOf(objectOf(it)?.top_logprobs).flatMap((likely) => readToken(likely) ?? [])
    return [{ ...token, top }]
  })
}

function readToken(value: Json): Token | undefined {
  const told = objectOf(value)
  const token = textOf(told?.token)
  const logprob = numberOf(told?.logprob)
  if (token === undefined || logprob === undefined) return undefined
  return { token, logprob, bytes: readBytes(told?.bytes, token) }
}

function readBytes(value: Json | undefined, token: string): readonly number[] | null {
  if (!isList(value)) return null
  const bytes = value.flatMap((it) => numberOf(it) ?? [])
  return bytes.length === 0 && token !== "" ? null : bytes
}

/** The format has no word for bytes that are not known; none are written. */
export const writeLogprob = (it: TokenLogprob): JsonObject => ({
  ...writeToken(it),
  top_logprobs: it.top.map(writeToken),
})

const writeToken = ({ token, logprob, bytes }: Token): JsonObject => ({ token, logprob, bytes: bytes ?? [] })
