import type { Random } from "../random.fixture.ts"

/** Characters of one input at most, as what a request or a form carries; longer ones are for the tests of growth. */
export const LONGEST_INPUT = 64 * 1024

const SIGNS = [
  '"',
  "'",
  "\\",
  "`",
  "^",
  "$",
  "{",
  "}",
  "[",
  "]",
  "(",
  ")",
  "<",
  ">",
  "\n",
  "\r\n",
  "\r",
  "\t",
  "\0",
  "\u001b]0;x\u0007",
  "\u001b[2J",
  "\u009b31m",
  "\u202e",
  "\u2028",
  "\ufeff",
  "\ud800",
  "\udfff",
  "\u{10ffff}",
  "é",
  "=",
  ":",
  ";",
  ",",
  "|",
  "&",
  "%",
  "%00",
  "%zz",
  "*",
  "#",
  "/",
  "../",
  "~",
  "@",
  "?",
  " ",
] as const
const NUMBERS = ["0", "-1", "1e309", "4294967296", "9007199254740993", "00000000000000000000", "NaN", "403"] as const
const BRACKETS = [
  ["{", "}"],
  ["[", "]"],
  ["(", ")"],
  ['{"a":', "}"],
  ["<a>", "</a>"],
  ["$(", ")"],
  ["@{", "}"],
  ["location /a {", "}"],
  ["<IfModule a>\n", "</IfModule>\n"],
  ["<If true>\n", "</If>\n"],
  ["(?:", ")*"],
  ["!(", ")"],
] as const

/** A text changed in a few ways, as chance has it; `others` lend pieces. */
export function mutated(text: string, others: readonly string[], random: Random): string {
  let changed = text
  for (let left = 1 + random.below(5); left > 0; left--) changed = once(changed, others, random)
  return changed.length > LONGEST_INPUT ? changed.slice(0, LONGEST_INPUT) : changed
}

type Change = (text: string, others: readonly string[], random: Random) => string

const once: Change = (text, others, random) => random.of(CHANGES)(text, others, random)

const cut = (text: string, random: Random): readonly [before: string, piece: string, after: string] => {
  const from = random.below(text.length + 1)
  // Short pieces mostly: of long ones nothing is left to parse.
  const to = Math.min(text.length, from + (random.is(0.8) ? random.below(12) : random.below(text.length + 1)))
  return [text.slice(0, from), text.slice(from, to), text.slice(to)]
}

const among = <T>(items: readonly T[], random: Random): T | undefined => items[random.below(items.length)]
const sign = (random: Random): string => among(SIGNS, random) ?? ""

const token = (text: string, random: Random): string =>
  among((text.match(/\w{1,40}|[^\w\s]{1,4}/g) ?? []).slice(0, 4000), random) ?? sign(random)

const lineOf = (text: string, random: Random): string => {
  const lines = text.split("\n")
  return lines[random.below(lines.length)] ?? ""
}

/** What fills the rest of the longest input, or less. */
const often = (piece: string, random: Random): string =>
  piece === "" ? "" : piece.repeat(Math.ceil(10 ** (1 + random.next() * 3)) % Math.ceil(LONGEST_INPUT / piece.length))

const CHANGES: readonly [Change, ...Change[]] = [
  (text, _, random) => {
    const [before, , after] = cut(text, random)
    return before + after
  },
  (text, _, random) => {
    const [before, piece, after] = cut(text, random)
    return before + piece + sign(random) + after
  },
  (text, _, random) => {
    const [before, piece, after] = cut(text, random)
    return before + piece + often(piece, random) + after
  },
  (text, _, random) => {
    const [before, piece, after] = cut(text, random)
    return before + piece + often(token(text, random), random) + after
  },
  (text, _, random) => {
    const [before, piece, after] = cut(text, random)
    return (
      before + [...piece].map(() => String.fromCharCode(random.below(random.is(0.5) ? 256 : 65536))).join("") + after
    )
  },
  (text, _, random) => text.replace(/\d+/g, (it) => (random.is(0.2) ? random.of(NUMBERS) : it)),
  (text, others, random) => {
    const [before, piece, after] = cut(text, random)
    return before + piece + lineOf(others[random.below(others.length)] ?? "", random) + after
  },
  (text, others, random) => {
    const other = others[random.below(others.length)] ?? ""
    return text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1))
  },
  (text, _, random) => {
    const lines = text.split("\n")
    const at = random.below(lines.length)
    return lines.toSpliced(at, random.below(2), lineOf(text, random)).join("\n")
  },
  (text, _, random) => {
    const line = lineOf(text, random)
    return `${text}\n${often(`${line}\n`, random)}`
  },
  (text, _, random) => {
    const [before, piece, after] = cut(text, random)
    const [open, close] = among(BRACKETS, random) ?? ["", ""]
    const depth = Math.ceil(10 ** (random.next() * 4))
    return before + open.repeat(depth) + piece + (random.is(0.7) ? close.repeat(depth) : "") + after
  },
  (text, _, random) => {
    const wanted = token(text, random)
    return wanted === "" ? text : text.replaceAll(wanted, random.is(0.5) ? token(text, random) : sign(random))
  },
  (text, _, random) => text.slice(0, random.below(text.length + 1)),
  (text, _, random) =>
    random.is(0.5) ? text.toUpperCase() : text.replaceAll("\n", random.of(["\r\n", "\r", " ", ""])),
]
