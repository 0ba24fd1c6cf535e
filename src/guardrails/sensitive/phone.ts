import { isAlphanumeric, isDigit, isGap, isHyphen, isInvisible, isStart } from "../characters.ts"
import { MORE, type Scanner } from "../scanner.ts"
import { isCountryCode } from "./country-code.ts"
import { phoneContext } from "./phone-context.ts"

/** ITU-T E.164 §6.2: digits with the country's code. */
const MOST_DIGITS = 15
const MOST_WALKED = 48

/**
 * Telephone numbers: with a country's code, in the groups in which countries write them, or of any form behind a word such as
 * `phone`. Rather too few than too many: order numbers, dates and versions have digits, too.
 */
export const phone: Scanner = {
  kind: "phone",
  begins: (code) => isDigit(code) || code === 43 || code === 40,
  at(text, from, isWhole) {
    if (!mayBegin(text, from)) return 0
    const groups = groupsAt(text, from, isWhole)
    if (groups === undefined) return MORE
    return lengthOf(groups, () => phoneContext(text, from))
  },
}

function mayBegin(text: string, from: number): boolean {
  const before = text.charAt(from - 1)
  if (!isStart(text, from) || before === "+" || before === "#") return false
  const isNumber = isDigit(text.charCodeAt(from)) && isGap(text.charCodeAt(from - 1))
  const isJoined =
    (before === "." || before === "/" || before === "-" || isNumber) && isDigit(text.charCodeAt(from - 2))
  return !isJoined
}

/** Digits as they are written in groups. */
interface Groups {
  readonly digits: readonly string[]
  /** Where each group ends, from the number's beginning. */
  readonly ends: readonly number[]
  /** What stands between the groups, without blanks. */
  readonly signs: string
  readonly isInternational: boolean
  /** Whether a letter is right behind the last. */
  readonly isInWord: boolean
}

/** Undefined where only more text can tell. */
function groupsAt(text: string, from: number, isWhole: boolean): Groups | undefined {
  const digits: string[] = []
  const ends: number[] = []
  let [between, signs, count, at] = [0, "", 0, from]
  for (const stop = from + MOST_WALKED; at < stop && count <= MOST_DIGITS; at++) {
    if (at >= text.length && !isWhole) return undefined
    const code = text.charCodeAt(at)
    if (isInvisible(code)) continue
    if (isDigit(code)) {
      const group = between > 0 || digits.length === 0 ? digits.length : digits.length - 1
      digits[group] = (digits[group] ?? "") + text.charAt(at)
      ends[group] = at + 1 - from
      between = 0
      count++
      continue
    }
    const isSign = code === 40 || code === 41 || code === 46 || code === 47 || isHyphen(code)
    if ((!isSign && !isGap(code) && !(code === 43 && at <= from + 1)) || between === 3) break
    if (isSign) signs += isHyphen(code) ? "-" : text[at]
    between++
  }
  if (at >= text.length && !isWhole) return undefined
  const isInternational = text[from] === "+" || text.startsWith("(+", from)
  const isInWord = between === 0 && (isAlphanumeric(text.charCodeAt(at)) || text[at] === "_")
  return { digits, ends, signs, isInternational, isInWord }
}

function lengthOf(groups: Groups, context: () => ReturnType<typeof phoneContext>): number {
  const { digits, ends, isInternational, isInWord } = groups
  const all = isInWord ? digits.length - 1 : digits.length
  for (let count = all; count > 0; count--) {
    const these = digits.slice(0, count)
    const length = these.reduce((sum, it) => sum + it.length, 0)
    if (length > MOST_DIGITS) continue
    if (length < 7) return 0
    if (isInternational ? isInternationalNumber(these.join("")) : isNational(these, groups.signs, context))
      return ends[count - 1] ?? 0
  }
  return 0
}

/** North America's numbers are ten digits, of which the first and the fourth are none of 0 and 1. */
const NORTH_AMERICAN = /^[2-9]\d{2}[2-9]\d{6}$/

function isInternationalNumber(digits: string): boolean {
  if (digits.startsWith("1")) return NORTH_AMERICAN.test(digits.slice(1))
  return digits.length >= 8 && isCountryCode(digits)
}

function isNational(groups: readonly string[], signs: string, context: () => ReturnType<typeof phoneContext>): boolean {
  if (isDate(groups)) return false
  const digits = groups.join("")
  const sizes = groups.map((it) => it.length).join(",")
  const isGrouped = isInItsGroups(groups, digits, sizes, signs)
  const words = context()
  if (words === "called") return !signs.includes(".") || groups.every((it) => it.length > 1)
  return isGrouped && words === "none"
}

function isInItsGroups(groups: readonly string[], digits: string, sizes: string, signs: string): boolean {
  const first = groups[0] ?? ""
  if (/^(?:1,)?3,3,4$/.test(sizes) && /[-.(]/.test(signs)) return NORTH_AMERICAN.test(digits.slice(-10))
  if (first.startsWith("00")) return groups.length > 1 && isInternationalNumber(digits.slice(2))
  if (!first.startsWith("0") || first.length < 2 || first.length > 6 || groups.length < 2) return false
  if (signs.includes(".")) return sizes === "2,2,2,2,2"
  // One behind the area's code; several divide something else.
  if (signs.indexOf("/") !== signs.lastIndexOf("/")) return false
  const isSplit = groups.every((it) => it.length > 1)
  return isSplit && digits.length >= 9 && digits.length <= 12
}

/** `2024-05-01`, `01.05.2024`, whatever follows. */
function isDate([a = "", b = "", c = ""]: readonly string[]): boolean {
  if (/^(?:19|20)\d\d$/.test(a) && /^(?:0?[1-9]|1[0-2])$/.test(b) && /^\d{1,2}$/.test(c)) return true
  return /^\d{1,2}$/.test(a) && /^\d{1,2}$/.test(b) && /^(?:19|20)\d\d$/.test(c)
}
