/** One event of a stream (HTML Living Standard §9.2). */
export interface StreamEvent {
  readonly data: string
  /** The last id given so far; empty for none. */
  readonly id: string
}

/** More than any message may have, in characters: a stream without line ends would fill the memory. */
const LONGEST = 32 * 1024 * 1024

/** Reads an event stream, in whatever pieces it comes. */
export class EventReader {
  readonly #decoder = new TextDecoder("utf-8")
  readonly #onEvent: (event: StreamEvent) => void
  #rest = ""
  #data: string[] = []
  #size = 0
  #endedInReturn = false
  #isFirst = true
  lastId = ""
  /** Milliseconds, as the server asked; undefined where it did not. */
  retry: number | undefined

  constructor(onEvent: (event: StreamEvent) => void) {
    this.#onEvent = onEvent
    this.retry = undefined
  }

  /** False: an event is larger than any may be. */
  push(bytes: Uint8Array): boolean {
    let text = this.#decoder.decode(bytes, { stream: true })
    if (text === "") return true
    if (this.#isFirst && text.startsWith("\ufeff")) text = text.slice(1)
    this.#isFirst = false
    if (this.#endedInReturn && text.startsWith("\n")) text = text.slice(1)
    this.#endedInReturn = text.endsWith("\r")
    const lines = text.split(/\r\n|\n|\r/)
    const last = lines.pop() ?? ""
    for (const line of lines) {
      this.#line(this.#rest + line)
      this.#rest = ""
    }
    this.#rest += last
    return this.#rest.length + this.#size <= LONGEST
  }

  #line(line: string): void {
    if (line === "") {
      if (this.#data.length > 0) this.#onEvent({ data: this.#data.join("\n"), id: this.lastId })
      this.#data = []
      this.#size = 0
      return
    }
    const colon = line.indexOf(":")
    if (colon === 0) return
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1)
    if (name === "data") {
      this.#data.push(value)
      this.#size += value.length
    } else if (name === "id" && !value.includes("\0")) this.lastId = value
    else if (name === "retry" && /^\d{1,9}$/.test(value)) this.retry = Number(value)
  }
}

/** A message as an event. JSON has no line ends of its own, so one line of data holds it. */
export const eventOf = (message: string): string => `event: message\ndata: ${message}\n\n`
