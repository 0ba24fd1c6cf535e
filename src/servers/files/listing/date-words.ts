import type { Word } from "./words.ts"

const ISO = /^\d{4}-\d\d-\d\d$/
const SHORT_ISO = /^\d\d-\d\d$/
const TIME = /^\d{1,2}[:.h]\d\d(?::\d\d(?:[.,]\d{1,9})?)?$/
const TIME_TO_SECONDS = /^\d{1,2}:\d\d:\d\d$/
const ZONE = /^[+-]\d{4}$/
const DAY = /^\d{1,2}(?:[.,]|日|일)?$/
const YEAR = /^\d{4}年?$/
const LONGEST_MONTH = 12

/**
 * Number of words that a date takes, as listings write it: GNU in any language and style, BusyBox, BSD with `-T` or without.
 * Undefined where it is none of them, as what comes after would be taken for a name.
 */
export function dateLength(words: readonly Word[], from: number): number | undefined {
  const [a = "", b = "", c = "", d = ""] = words.slice(from, from + 4).map((it) => it.text)
  if (ISO.test(a)) return !TIME.test(b) ? 1 : ZONE.test(c) ? 3 : 2
  if (SHORT_ISO.test(a)) return TIME.test(b) ? 2 : undefined
  const isMonthAndDay = (DAY.test(a) && isMonth(b)) || (isMonth(a) && DAY.test(b))
  if (!isMonthAndDay) return undefined
  if (YEAR.test(c)) return 3
  if (!TIME.test(c)) return undefined
  return TIME_TO_SECONDS.test(c) && YEAR.test(d) ? 4 : 3
}

/** A word in any language, `11月` among them. */
const isMonth = (text: string): boolean =>
  text.length <= LONGEST_MONTH && /\p{L}/u.test(text) && /^[\p{L}\p{M}\d.']+$/u.test(text)
