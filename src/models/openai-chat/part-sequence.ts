import type { PartStart, StreamEvent } from "../form/events.ts"

type To = (event: StreamEvent) => void
type Flowing = "text" | "reasoning"

/** The parts of the one choice of a stream that tells no parts: text of one kind is a part until another kind begins. */
export class PartSequence {
  #parts = 0
  #open: Flowing | "other" | undefined

  /** Of the open part, or of the last. */
  get part(): number {
    return this.#parts - 1
  }

  text(kind: Flowing, text: string, to: To): void {
    if (text === "") return
    if (this.#open !== kind) this.#begin(kind, { kind }, to)
    to({ kind: "text", choice: 0, part: this.#parts - 1, text })
  }

  /** A part that only its own events go on with. */
  begin(begins: PartStart, to: To): void {
    this.#begin("other", begins, to)
  }

  /** Makes sure that a text is open, for what is told of texts. */
  beginText(to: To): void {
    if (this.#open !== "text") this.#begin("text", { kind: "text" }, to)
  }

  end(to: To): void {
    if (this.#open === undefined) return
    this.#open = undefined
    to({ kind: "part-end", choice: 0, part: this.#parts - 1 })
  }

  #begin(kind: Flowing | "other", begins: PartStart, to: To): void {
    this.end(to)
    this.#open = kind
    to({ kind: "part", choice: 0, part: this.#parts++, begins })
  }
}
