const WIDTH = 100
const BEFORE = 60

/** One line cut around a column (from 1), and how far the caret under it is to be pushed. */
export function excerpt(line: string, column: number): { readonly shown: string; readonly caretAt: number } {
  const at = Math.min(column - 1, line.length)
  const from = line.length <= WIDTH ? 0 : Math.max(0, Math.min(at - BEFORE, line.length - WIDTH))
  const to = Math.min(line.length, from + WIDTH)
  const before = `${from > 0 ? "…" : ""}${visible(line.slice(from, at))}`
  return {
    shown: `${before}${visible(line.slice(at, to))}${to < line.length ? "…" : ""}`,
    caretAt: Bun.stringWidth(before),
  }
}

/** Everything a terminal could act on, or a reader could not see, as something seen. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (it) => {
    const code = it.charCodeAt(0)
    if (it === "\t") return "→"
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? "␡" : `\\u{${code.toString(16)}}`
  })
}

/** C0, DEL, C1, what reverses or hides text, line separators, lone surrogates. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: making control characters visible is what this is for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
