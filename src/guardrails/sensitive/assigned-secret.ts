import { isHarmless } from "../../exhibits/redact/values.ts"
import { isAlphanumeric, isDigit, isLetter } from "../characters.ts"
import { MORE, type Scanner } from "../scanner.ts"
import { tokenGoesOn } from "./token.ts"

/** Ends of names whose values are credentials, without hyphens, underscores and full stops. */
const NAMES =
  /(?:apikey|accesskey|secretkey|privatekey|signingkey|encryptionkey|accountkey|authkey|subscriptionkey|secret|token|credentials?|authorization|sharedaccesskey)$|^sig$/
const PASSWORDS =
  /(?:password|passwd|passwort|kennwort|pwd|passphrase|passcode)$|^(?:db|user|root|admin|my|smtp|mysql|pg)?pass$/
const SCHEMES = /(?:^|[^a-z])(?:bearer|basic) $/i
/** `scheme://user:` right before. */
const USERINFO = /:\/\/[^\s/:@]{1,60}:$/

/** Characters of a value that are looked at; what is longer goes on. */
const MOST_OF_VALUE = 128
const LONGEST_NAME = 40

const isValue = (code: number): boolean =>
  code > 32 &&
  code < 127 &&
  code !== 34 &&
  code !== 39 &&
  code !== 96 &&
  code !== 44 &&
  code !== 59 &&
  code !== 60 &&
  code !== 62

/**
 * Values behind `key=`, `"token": `, `password:` and `Bearer`, in the password's place of an address, which look as if chance
 * had made them, or, of passwords, as if a person had.
 */
export const assignedSecret: Scanner = {
  kind: "secret",
  begins: (code) => isAlphanumeric(code) || (code > 32 && code < 127 && !isBracket(code)),
  at(text, from, isWhole) {
    const place = placeBefore(text, from)
    if (place === "none") return 0
    let at = from
    while (isValue(text.charCodeAt(at)) && at - from < MOST_OF_VALUE) at++
    if (at >= text.length && !isWhole) return MORE
    const value = text.slice(from, at)
    const length = place === "address" ? value.indexOf("@") : trimmed(value)
    if (length <= 0) return 0
    const bare = value.slice(0, length)
    return isCredential(bare, place) && !isHarmless(bare) ? length : 0
  },
  goesOn: tokenGoesOn,
}

type Place = "none" | "secret" | "password" | "address"

const isBracket = (code: number): boolean => "\"'`,;<>(){}[]:=\\".includes(String.fromCharCode(code))

/** What the characters right before a value say of it. Looks at few of them where it is none, as it is almost everywhere. */
function placeBefore(text: string, from: number): Place {
  if (isValue(text.charCodeAt(from - 1)) && !isBracket(text.charCodeAt(from - 1))) return "none"
  let at = from - 1
  const skip = (signs: string, most: number): void => {
    for (const last = at - most; at > last && at >= 0 && signs.includes(text.charAt(at)); ) at--
  }
  skip("\"'`\\ \t", 6)
  const sign = text.charAt(at)
  if (sign !== "=" && sign !== ":" && sign !== ">")
    // The last letter first: this is asked at every word.
    return "rRcC".includes(text.charAt(from - 2)) && from > 1 && SCHEMES.test(text.slice(Math.max(0, from - 12), from))
      ? "secret"
      : "none"
  if (at === from - 1 && sign === ":" && USERINFO.test(text.slice(Math.max(0, from - 66), from))) return "address"
  skip("=:>", 3)
  skip("\"'`\\ \t*", 6)
  return placeOf(nameBefore(text, at + 1))
}

function nameBefore(text: string, end: number): string {
  let from = end
  const isOfName = (code: number): boolean => isAlphanumeric(code) || code === 95 || code === 45 || code === 46
  while (end - from < LONGEST_NAME && isOfName(text.charCodeAt(from - 1))) from--
  return text.slice(from, end).toLowerCase().replaceAll(/[_.-]/g, "")
}

function placeOf(name: string): Place {
  if (PASSWORDS.test(name)) return "password"
  return name === "key" || NAMES.test(name) ? "secret" : "none"
}

/** Without the full stop or bracket that ends a sentence or call. */
function trimmed(value: string): number {
  let end = value.length
  while (end > 0 && ".:!?)]}\\".includes(value.charAt(end - 1))) end--
  return end
}

function isCredential(value: string, place: Place): boolean {
  // A call or a variable of a program.
  if (/[(){}$[\]]|^(?:process\.|os\.|env\.|config\.)/.test(value) && place !== "address") return false
  const kinds = kindsOf(value)
  switch (place) {
    case "none":
      return false
    case "address":
      return value.length >= 3
    case "password":
      return value.length >= 6 && kinds >= 2
    case "secret":
      return value.length >= 16 && kinds >= 2 && entropy(value) >= LEAST_BITS
  }
}

/** Of letters, digits and other signs, how many there are. */
function kindsOf(value: string): number {
  let [letters, digits, others] = [0, 0, 0]
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (isLetter(code)) letters = 1
    else if (isDigit(code)) digits = 1
    else if (code !== 45 && code !== 95 && code !== 46) others = 1
  }
  return letters + digits + (digits === 0 ? 0 : others)
}

/** Bits per character; sixteen hexadecimal digits by chance have about 3.3, words of a sentence less than 3. */
const LEAST_BITS = 2.9

/** Shannon's, of how often each character is there. */
function entropy(value: string): number {
  const counts = new Map<string, number>()
  for (const sign of value) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length)
  return bits
}
