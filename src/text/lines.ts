import type { Source } from "../decision/source.ts"
import { type Path, showPath } from "./path.ts"

const BOM = "\uFEFF"

/** Turns offsets in one text into lines and columns from 1; a byte order mark has no column. */
export class Lines {
  readonly #starts: readonly number[]
  readonly file: string

  constructor(text: string, file: string) {
    this.file = file
    const starts = [text.startsWith(BOM) ? BOM.length : 0]
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1)
    this.#starts = starts
  }

  source(offset: number, path: Path): Source {
    const line = this.lineAt(offset)
    const column = Math.max(0, offset - (this.#starts[line - 1] ?? 0)) + 1
    return { file: this.file, line, column, path: showPath(path) }
  }

  lineAt(offset: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
}
