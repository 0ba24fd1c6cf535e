import type { Judgement } from "../../servers/judgement.ts"
import type { NamedRequest } from "../../servers/remedies.ts"
import type { ServerRequest } from "../../servers/request.ts"

/** What nobody said of a request, and was filled in. */
export const GUESSES = {
  client: "the client's address",
  headers: "all headers of the request",
  host: "the host the request was sent to",
} as const
export type Guess = keyof typeof GUESSES

/** Whether two requests differ in this and in nothing else. */
const DIFFER: Readonly<Record<Guess, (a: ServerRequest, b: ServerRequest) => boolean>> = {
  client: (a, b) => a.client !== b.client && sameTarget(a, b) && a.host === b.host && sameHeaders(a, b),
  headers: (a, b) => a.client === b.client && sameTarget(a, b) && a.host === b.host && !sameHeaders(a, b),
  host: (a, b) => a.client === b.client && sameTarget(a, b) && a.host !== b.host,
}

const sameTarget = (a: ServerRequest, b: ServerRequest): boolean => a.method === b.method && a.target === b.target

const sameHeaders = (a: ServerRequest, b: ServerRequest): boolean =>
  a.headers.length === b.headers.length &&
  a.headers.every(([name, value], i) => b.headers[i]?.[0] === name && b.headers[i]?.[1] === value)

/** Guesses on which a refusal rests: with another value some neighbour is not refused so. */
export function restingOn<W>(
  guessed: readonly Guess[],
  request: ServerRequest,
  neighbours: readonly NamedRequest[],
  judge: (request: ServerRequest) => Judgement<W>,
): readonly Guess[] {
  return guessed.filter((guess) =>
    neighbours.some((it) => DIFFER[guess](request, it.request) && judge(it.request).kind !== "refuses"),
  )
}
