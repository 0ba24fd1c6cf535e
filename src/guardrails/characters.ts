/** Classes of UTF-16 code units, as tests that scanners make of every character. */
export const isDigit = (code: number): boolean => code >= 48 && code <= 57
export const isUpper = (code: number): boolean => code >= 65 && code <= 90
export const isLower = (code: number): boolean => code >= 97 && code <= 122
export const isLetter = (code: number): boolean => isUpper(code) || isLower(code)
export const isAlphanumeric = (code: number): boolean => isDigit(code) || isLetter(code)

/** Characters that are not seen: joiners, marks of direction, soft hyphens. Put into a word, they hide it from a plain search. */
export const isInvisible = (code: number): boolean =>
  code === 0xad ||
  code === 0x34f ||
  code === 0x61c ||
  code === 0x180e ||
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2060 && code <= 0x2069) ||
  (code >= 0xfe00 && code <= 0xfe0f) ||
  code === 0xfeff

/** Blanks within a line, as numbers are grouped by. */
export const isGap = (code: number): boolean =>
  code === 32 || code === 0xa0 || code === 0x2009 || code === 0x202f || code === 0x2007

/** Hyphens and dashes, as numbers are grouped by. */
export const isHyphen = (code: number): boolean => code === 45 || (code >= 0x2010 && code <= 0x2013)

/** Whether this is the letter of an escape such as `\n` in JSON, which is no part of the word behind it. */
export const isEscape = (text: string, at: number): boolean =>
  text.charCodeAt(at - 1) === 92 && at > 0 && "bfnrt".includes(text.charAt(at))

/** Whether something may begin here: what stands before is no letter, digit or underscore, but for an escape. */
export function isStart(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  if (isEscape(text, at)) return false
  // NaN at the text's beginning.
  return (!isAlphanumeric(before) && before !== 95) || isEscape(text, at - 1)
}
