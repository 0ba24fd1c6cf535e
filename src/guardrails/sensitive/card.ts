import { isAlphanumeric, isDigit, isGap, isHyphen, isInvisible, isStart } from "../characters.ts"
import { MORE, type Scanner } from "../scanner.ts"

/**
 * Leading digits of issuers and the lengths of their numbers: [first, last, lengths], compared with as many digits as are
 * written here. ISO/IEC 7812-1 ranges as published by the networks.
 */
const ISSUERS: readonly (readonly [from: string, to: string, lengths: readonly number[]])[] = [
  ["4", "4", [13, 16, 19]], // Visa
  ["51", "55", [16]], // Mastercard
  ["2221", "2720", [16]],
  ["34", "34", [15]], // American Express
  ["37", "37", [15]],
  ["6011", "6011", [16, 17, 18, 19]], // Discover
  ["644", "649", [16, 17, 18, 19]],
  ["65", "65", [16, 17, 18, 19]],
  ["300", "305", [14, 16]], // Diners Club
  ["3095", "3095", [14, 16]],
  ["36", "36", [14, 16]],
  ["38", "39", [14, 16]],
  ["3528", "3589", [16, 17, 18, 19]], // JCB
  ["62", "62", [16, 17, 18, 19]], // UnionPay
  ["50", "50", [16, 18, 19]], // Maestro
  ["56", "58", [16, 18, 19]],
  ["6304", "6304", [16, 18, 19]],
  ["6759", "6763", [16, 18, 19]],
  ["60", "60", [16]], // RuPay
  ["81", "82", [16]],
  ["2200", "2204", [16, 17, 18, 19]], // Mir
]

const LONGEST = 19
/** By which an issuer is known. */
const ISSUER_DIGITS = 4
/** Digits, one separator between each, and what is not seen. */
const MOST_WALKED = 96

/** Numbers of payment cards: an issuer's range and length, and the check digit of Luhn (ISO/IEC 7812-1 annex B). */
export const card: Scanner = {
  kind: "card",
  begins: isDigit,
  at(text, from, isWhole) {
    if (!isStart(text, from) || isPartOfNumber(text, from)) return 0
    return new CardWalk(text, from).walk(isWhole)
  },
}

/** `2.4111…`, `12-4111…`: later digits of something longer. */
function isPartOfNumber(text: string, from: number): boolean {
  const before = text.charCodeAt(from - 1)
  return (before === 46 || isHyphen(before)) && isDigit(text.charCodeAt(from - 2))
}

class CardWalk {
  readonly #text: string
  readonly #from: number
  #digits = ""
  /** How many digits there are before each separator. */
  readonly #groups: number[] = []
  #separator = 0
  /** As many digits as a card of its issuer may have. */
  #lengths: readonly number[] = []

  constructor(text: string, from: number) {
    this.#text = text
    this.#from = from
  }

  /** As `Scanner.at`. Further numbers may follow on the line, so that each end of a group may be the card's. */
  walk(isWhole: boolean): number {
    let found = 0
    let at = this.#from
    let end = at
    const stop = this.#from + MOST_WALKED
    for (; at < stop; at++) {
      if (at >= this.#text.length) {
        if (!isWhole) return MORE
        break
      }
      const code = this.#text.charCodeAt(at)
      if (isInvisible(code)) continue
      if (isDigit(code)) {
        if (!this.#takes(code)) return found
        end = at + 1
        continue
      }
      const follows = this.#separates(code, at, isWhole)
      if (follows === "unknown") return MORE
      if (follows === "no") break
      if (this.#isCard()) found = end - this.#from
      this.#separator = code
      this.#groups.push(this.#digits.length)
    }
    if (at >= this.#text.length && !isWhole) return MORE
    const isInWord = isAlphanumeric(this.#text.charCodeAt(at)) || this.#text[at] === "_"
    return !isInWord && this.#isCard() ? end - this.#from : found
  }

  /** False where no card has so many digits, or none that begin so. */
  #takes(code: number): boolean {
    if (this.#digits.length === LONGEST) return false
    this.#digits += String.fromCharCode(code)
    if (this.#digits.length === ISSUER_DIGITS) this.#lengths = lengthsOf(this.#digits)
    return this.#digits.length < ISSUER_DIGITS || this.#lengths.length > 0
  }

  /** Whether this is one separator with a digit behind it, as those before. */
  #separates(code: number, at: number, isWhole: boolean): "yes" | "no" | "unknown" {
    if (!isGap(code) && !isHyphen(code) && code !== 46) return "no"
    if (this.#separator !== 0 && this.#separator !== code) return "no"
    if (at + 1 >= this.#text.length) return isWhole ? "no" : "unknown"
    return isDigit(this.#text.charCodeAt(at + 1)) ? "yes" : "no"
  }

  #isCard(): boolean {
    const digits = this.#digits
    return this.#lengths.includes(digits.length) && this.#isGrouped() && isLuhn(digits)
  }

  /** As on a card: in fours, 4-6-5, 4-6-4, 4-3-3-3; or digit by digit, which nobody does who has nothing to hide. */
  #isGrouped(): boolean {
    const ends = [...this.#groups, this.#digits.length]
    const sizes = ends.map((end, at) => end - (ends[at - 1] ?? 0))
    const last = sizes.at(-1) ?? 0
    if (sizes.length === 1 || sizes.every((it) => it === 1)) return true
    if (sizes.slice(0, -1).every((it) => it === 4) && last <= 4) return true
    return ["4,6,5", "4,6,4", "4,3,3,3"].includes(sizes.join(","))
  }
}

const lengthsOf = (digits: string): readonly number[] =>
  ISSUERS.flatMap(([from, to, lengths]) => {
    const lead = digits.slice(0, from.length)
    return lead >= from && lead <= to ? lengths : []
  })

function isLuhn(digits: string): boolean {
  let sum = 0
  for (let at = digits.length - 1, doubled = false; at >= 0; at--, doubled = !doubled) {
    const digit = digits.charCodeAt(at) - 48
    sum += doubled ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return sum % 10 === 0
}
