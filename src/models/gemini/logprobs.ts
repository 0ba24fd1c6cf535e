import type { TokenLogprob } from "../form/answer.ts"
import type { Losses } from "../form/losses.ts"
import { type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"

type Token = Omit<TokenLogprob, "top">

/** `logprobsResult`: tokens that were chosen, and beside each the likeliest ones. */
export function readLogprobs(value: Json | undefined): readonly TokenLogprob[] {
  const result = objectOf(value)
  if (result === undefined) return []
  const likeliest = listOf(result.topCandidates)
  return listOf(result.chosenCandidates).flatMap((it, index) => {
    const token = readToken(it)
    if (token === undefined) return []
    const top = listOf(objectOf(likeliest[index])?.candidates).flatMap((likely) => readToken(likely) ?? [])
    return [{ ...token, top }]
  })
}

function readToken(value: Json): Token | undefined {
  const told = objectOf(value)
  const token = textOf(told?.token)
  // What is likeliest of all is left out, as ProtoJSON leaves out zeros.
  return token === undefined ? undefined : { token, logprob: numberOf(told?.logProbability) ?? 0, bytes: null }
}

export function writeLogprobs(tokens: readonly TokenLogprob[], losses: Losses): JsonObject {
  if (
    tokens.some(
      (it) => it.bytes !== null && it.bytes.length > 0 && Buffer.from(it.token).compare(Buffer.from(it.bytes)) !== 0,
    )
  )
    losses.drop("logprobs.bytes", "Gemini tells tokens as text alone")
  return {
    chosenCandidates: tokens.map(writeToken),
    topCandidates: tokens.map((it) => ({ candidates: it.top.map(writeToken) })),
  }
}

const writeToken = ({ token, logprob }: Token): JsonObject => ({ token, logProbability: logprob })
