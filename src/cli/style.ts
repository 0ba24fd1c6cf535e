/** Words in colour on a terminal that wants it, plain everywhere else. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
  good(text: string): string
  bad(text: string): string
}

export function styleFor(stream: { readonly isTTY?: boolean }): Style {
  const on = stream.isTTY === true && process.env.NO_COLOR === undefined
  const paint = (code: number) => (text: string) => (on ? `\u001b[${code}m${text}\u001b[0m` : text)
  return { bold: paint(1), dim: paint(2), good: paint(32), bad: paint(31) }
}

/** Rows as aligned columns, two blanks apart; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[], indent = ""): string {
  const widths: number[] = []
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, Bun.stringWidth(cell))
  return rows
    .map(
      (row) =>
        indent +
        row
          .map((cell, i) => cell + " ".repeat(Math.max(0, (widths[i] ?? 0) - Bun.stringWidth(cell))))
          .join("  ")
          .trimEnd(),
    )
    .join("\n")
}
