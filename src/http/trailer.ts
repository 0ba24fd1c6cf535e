import { CR, IS_FIELD_BYTE, IS_TOKEN, LF } from "./bytes.ts"
import { seenByte } from "./seen.ts"

const MOST_BYTES = 8 * 1024
const COLON = 0x3a

type State = "line" | "name" | "value" | "value-lf" | "end-lf" | "done"

/** Reads past the trailer section after a last chunk, byte by byte (RFC 9112 §7.1.2). */
export class TrailerReader {
  #state: State = "line"
  #count = 0

  get isDone(): boolean {
    return this.#state === "done"
  }

  /** Returns what was seen when the byte fits no trailer section. */
  step(code: number): string | undefined {
    this.#count++
    if (this.#count > MOST_BYTES) return `trailers above ${MOST_BYTES} bytes`
    const next = follow(this.#state, code)
    if (next === undefined) return `${seenByte(code)} in the trailers`
    this.#state = next
    return undefined
  }
}

function follow(state: State, code: number): State | undefined {
  switch (state) {
    case "line":
      if (code === CR) return "end-lf"
      return IS_TOKEN[code] === 1 ? "name" : undefined
    case "name":
      if (code === COLON) return "value"
      return IS_TOKEN[code] === 1 ? "name" : undefined
    case "value":
      if (code === CR) return "value-lf"
      return IS_FIELD_BYTE[code] === 1 ? "value" : undefined
    case "value-lf":
      return code === LF ? "line" : undefined
    case "end-lf":
      return code === LF ? "done" : undefined
    case "done":
      return undefined
  }
}
