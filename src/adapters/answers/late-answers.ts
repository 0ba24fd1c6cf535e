import type { AnswerCache } from "../../ports/answers.ts"
import { type AnswerCacheOptions, openAnswerCache } from "./answer-cache.ts"

/** The answers kept in a directory, opened when the first is asked for or kept: most gateways keep none. */
export function answersIn(directory: string, options: AnswerCacheOptions = {}): AnswerCache {
  let opened: AnswerCache | undefined
  const cache = (): AnswerCache => {
    opened ??= openAnswerCache(directory, options)
    return opened
  }
  return {
    find: (...asked) => cache().find(...asked),
    keep: (...kept) => cache().keep(...kept),
    findNear: (...asked) => cache().findNear(...asked),
    keepNear: (...kept) => cache().keepNear(...kept),
    close: () => opened?.close(),
  }
}
