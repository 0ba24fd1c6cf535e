import type { Ahead } from "./ahead.ts"

/** A value that is not closed ends here at the latest. */
export const MOST_VALUE = 64 * 1024

/** Where the quotation ends: at a mark escaped as the first was, and at the line's end at the latest. */
export function closing(ahead: Ahead, from: number, [whole, escapes = "", mark]: RegExpExecArray): number {
  const { text } = ahead
  const last = Math.min(lineEnd(ahead, from), from + MOST_VALUE)
  if (mark === undefined) {
    const found = text.slice(from, last).search(whole === "%22" ? /%22|[&\s"']/ : /&quot;/)
    return found < 0 ? last : from + found
  }
  for (let at = text.indexOf(mark, from); at >= 0 && at < last; at = text.indexOf(mark, at + 1)) {
    const end = endBefore(text, from, at, escapes, mark)
    if (end !== undefined) return end
  }
  return last
}

/** Where the value ends if the mark at `at` closes it: before what escapes it, or undefined where it is part of it. */
function endBefore(text: string, from: number, at: number, escapes: string, mark: string): number | undefined {
  const run = (signs: string): number => {
    let length = 0
    while (at - length - 1 >= from && signs.includes(text[at - length - 1] ?? " ")) length++
    return length
  }
  if (/[\^`]/.test(escapes)) {
    // Windows' shells: what is not escaped just so is taken for a part of the value, which blots rather too much.
    return run("\\^`") === escapes.length ? at - escapes.length : undefined
  }
  if (mark === "'" && escapes === "") return at
  const isClosing = run("\\") % (2 * (escapes.length + 1)) === escapes.length
  // In PowerShell a backtick escapes; elsewhere it is a letter, and then the value's end is followed by something else.
  const isDoubtful = escapes === "" && run("`^") % 2 === 1 && !/^[\s,;:}\])&]?$/.test(text[at + 1] ?? "")
  return isClosing && !isDoubtful ? at - escapes.length : undefined
}

/** Where the line ends, without its line break. */
export const lineEnd = (ahead: Ahead, from: number): number => {
  const found = ahead.next("\n", from)
  return found < 0 ? ahead.text.length : found > from && ahead.text[found - 1] === "\r" ? found - 1 : found
}
