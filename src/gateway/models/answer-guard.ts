import type { AnswerFilter, ModelGuards } from "../../guardrails/answer-guards.ts"
import type { StreamEvent } from "../../models/form/events.ts"

/** What a guarded answer says, part by part, as it came. */
interface GuardedPart {
  text: string
  readonly filter: AnswerFilter | undefined
}

/**
 * Lets the events of one answer through what guardrails make of its texts: what is masked is masked, what is refused is never
 * passed on. Thoughts are texts too, as callers are told them.
 */
export class AnswerGuard {
  readonly #guards: ModelGuards
  readonly #parts = new Map<string, GuardedPart>()
  #stopped: string | undefined

  constructor(guards: ModelGuards) {
    this.#guards = guards
  }

  /** What it stopped at; from then on nothing is passed on, and the answer has to be decided. */
  get stopped(): string | undefined {
    return this.#stopped
  }

  /** Nothing may be passed on before all of the answer was judged. */
  get needsWhole(): boolean {
    return this.#guards.needsWhole
  }

  get judges(): boolean {
    return this.#guards.judgesAnswer
  }

  /** What has come so far, unmasked. */
  texts(): readonly string[] {
    return Array.from(this.#parts.values(), ({ text }) => text)
  }

  pass(event: StreamEvent, to: (event: StreamEvent) => void): void {
    if (this.#stopped !== undefined) return
    switch (event.kind) {
      case "part":
        if (event.begins.kind !== "opaque" && event.begins.kind !== "made")
          this.#parts.set(`${event.choice} ${event.part}`, { text: "", filter: this.#guards.filter() })
        to(event)
        return
      case "text":
        this.#text(event, to)
        return
      case "part-end":
        this.#partEnd(event, to)
        return
      default:
        to(event)
    }
  }

  #text(event: Extract<StreamEvent, { readonly kind: "text" }>, to: (event: StreamEvent) => void): void {
    const part = this.#parts.get(`${event.choice} ${event.part}`)
    if (part === undefined) {
      to(event)
      return
    }
    part.text += event.text
    const text = part.filter === undefined ? event.text : part.filter.push(event.text)
    this.#stopped = part.filter?.stopped
    if (text !== "") to({ ...event, text })
  }

  #partEnd(event: Extract<StreamEvent, { readonly kind: "part-end" }>, to: (event: StreamEvent) => void): void {
    const filter = this.#parts.get(`${event.choice} ${event.part}`)?.filter
    const text = filter?.end() ?? ""
    this.#stopped = filter?.stopped
    if (text !== "") to({ kind: "text", choice: event.choice, part: event.part, text })
    if (this.#stopped === undefined) to(event)
  }
}
