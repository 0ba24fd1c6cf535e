/** One line of a text, without its line break. */
export interface Line {
  readonly text: string
  /** From 1. */
  readonly number: number
  /** Offsets into the text; `end` is where its `\n` stands, or the text ends. */
  readonly start: number
  readonly end: number
}

export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = []
  for (let start = 0, number = 1; start <= text.length; number++) {
    const found = text.indexOf("\n", start)
    const end = found < 0 ? text.length : found
    const last = end > start && text[end - 1] === "\r" ? end - 1 : end
    lines.push({ text: text.slice(start, last), number, start, end })
    start = end + 1
  }
  return lines
}
