import { isAlphanumeric, isDigit, isGap, isHyphen, isInvisible, isLetter, isStart } from "../characters.ts"
import { MORE, type Scanner } from "../scanner.ts"

/** Characters of an account number by country (IBAN Registry of SWIFT, release 99). */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18
  FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20
  LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24
  SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map((it) => [it.slice(0, 2), Number(it.slice(2))] as const),
)
const MOST_WALKED = 96

/** International bank account numbers: a country's length, and the check digits (ISO 13616, ISO 7064 MOD 97-10). */
export const iban: Scanner = {
  kind: "iban",
  begins: isLetter,
  at(text, from, isWhole) {
    // Almost every word is known not to be one by its second or third letter.
    if (isLetter(text.charCodeAt(from + 1)) && isLetter(text.charCodeAt(from + 2))) return 0
    if (!isStart(text, from)) return 0
    let read = ""
    let length = 4
    const stop = from + MOST_WALKED
    for (let at = from; at < stop; at++) {
      if (at >= text.length) return isWhole ? 0 : MORE
      const code = text.charCodeAt(at)
      if (isInvisible(code) && read !== "") continue
      if (isGap(code) || isHyphen(code)) {
        // One alone, between groups: two words are no number.
        const before = text.charCodeAt(at - 1)
        if (read.length < 4 || isGap(before) || isHyphen(before)) return 0
        continue
      }
      if (read.length < 2 ? !isLetter(code) : read.length < 4 ? !isDigit(code) : !isAlphanumeric(code)) return 0
      read += text[at]
      if (read.length === 2) length = LENGTHS.get(read.toUpperCase()) ?? 0
      if (length === 0) return 0
      if (read.length < length || length === 4) continue
      if (at + 1 >= text.length && !isWhole) return MORE
      const isInWord = isAlphanumeric(text.charCodeAt(at + 1))
      return !isInWord && remainder(read.toUpperCase()) === 1 ? at + 1 - from : 0
    }
    return 0
  },
}

/** Of the number that the letters and digits stand for, with the first four at the end, divided by 97. */
function remainder(read: string): number {
  let rest = 0
  for (const sign of read.slice(4) + read.slice(0, 4)) {
    const value = Number.parseInt(sign, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}
