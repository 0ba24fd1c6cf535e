import type { AnswerCache } from "../../ports/answers.ts"
import { StoreFault } from "../../ports/store.ts"
import { type AnswerCacheOptions, openAnswerCache } from "./answer-cache.ts"

/**
 * The answers kept in a directory, opened when the first is asked for or kept: most gateways keep none. Where they cannot be
 * opened the operator is told, once, and nothing is kept until the next start: no call fails for want of a cache.
 */
export function answersIn(directory: string, options: AnswerCacheOptions = {}): AnswerCache {
  let opened: AnswerCache | undefined
  const cache = (): AnswerCache => {
    opened ??= openedOr(directory, options)
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

function openedOr(directory: string, options: AnswerCacheOptions): AnswerCache {
  const { onFault = (fault) => console.error(fault.message) } = options
  try {
    return openAnswerCache(directory, options)
  } catch (fault) {
    if (!(fault instanceof StoreFault)) throw fault
    onFault(fault)
    return NOTHING
  }
}

const NOTHING: AnswerCache = {
  find: () => undefined,
  keep: () => undefined,
  findNear: () => undefined,
  keepNear: () => undefined,
  close: () => undefined,
}
