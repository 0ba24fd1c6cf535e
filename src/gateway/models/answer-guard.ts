import type { GuardedText } from "../../facts/world.ts"
import type { AnswerFilter, ModelGuards } from "../../guardrails/answer-guards.ts"
import { argumentsWith } from "../../models/form/argument-texts.ts"
import type { StreamEvent } from "../../models/form/events.ts"

/** What a guarded answer says, part by part, as it came. */
interface GuardedPart {
  text: string
  readonly isAside: boolean
  /** Arguments of a call: they mean something only once they are whole, and may be written with escapes. */
  readonly isCall: boolean
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
  texts(): readonly GuardedText[] {
    return Array.from(this.#parts.values(), ({ text, isAside, isCall }) => ({
      role: "assistant",
      text: isCall ? saidIn(text) : text,
      isAside,
    }))
  }

  /** What may be told of a text that is whole at once. */
  said(text: string): string {
    let told = ""
    const place = { choice: 0, part: this.#parts.size }
    const to = (event: StreamEvent): void => {
      if (event.kind === "text") told += event.text
    }
    this.pass({ kind: "part", ...place, begins: { kind: "text" } }, to)
    this.pass({ kind: "text", ...place, text }, to)
    this.pass({ kind: "part-end", ...place }, to)
    return told
  }

  pass(event: StreamEvent, to: (event: StreamEvent) => void): void {
    if (this.#stopped !== undefined) return
    switch (event.kind) {
      case "part":
        if (event.begins.kind !== "opaque") {
          const isCall = event.begins.kind === "tool-call"
          const isAside = isCall || event.begins.kind === "reasoning"
          const filter = this.#guards.filter()
          this.#parts.set(`${event.choice} ${event.part}`, { text: "", isAside, isCall, filter })
        }
        to(event)
        return
      case "text":
        this.#text(event, to)
        return
      case "part-end":
        this.#partEnd(event, to)
        return
      case "citation":
        this.#citation(event, to)
        return
      case "logprobs":
        // They would spell out what is blotted out, or about to be refused.
        if (!this.#guards.filtersAnswer) to(event)
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
    if (part.isCall && part.filter !== undefined) return
    const text = part.filter === undefined ? event.text : part.filter.push(event.text)
    this.#stopped = part.filter?.stopped
    if (text !== "") to({ ...event, text })
  }

  /** A quotation is a text as well, and is whole at once. */
  #citation(event: Extract<StreamEvent, { readonly kind: "citation" }>, to: (event: StreamEvent) => void): void {
    const { quote = "", raw } = event.citation
    const filter = this.#guards.filter()
    if (filter === undefined || (quote === "" && raw === undefined)) {
      to(event)
      return
    }
    this.#parts.set(`quotation ${this.#parts.size}`, { text: quote, isAside: true, isCall: false, filter: undefined })
    const told = filter.push(quote) + filter.end()
    this.#stopped = filter.stopped
    // As its format writes it, it quotes too.
    const { raw: _, quote: __, ...rest } = event.citation
    if (this.#stopped === undefined) to({ ...event, citation: { ...rest, ...(told !== "" && { quote: told }) } })
  }

  #partEnd(event: Extract<StreamEvent, { readonly kind: "part-end" }>, to: (event: StreamEvent) => void): void {
    const part = this.#parts.get(`${event.choice} ${event.part}`)
    const text = part?.isCall === true ? this.#arguments(part) : (part?.filter?.end() ?? "")
    this.#stopped ??= part?.filter?.stopped
    if (text !== "") to({ kind: "text", choice: event.choice, part: event.part, text })
    if (this.#stopped === undefined) to(event)
  }

  /** The arguments of a call that has ended, with what is to be masked blotted out; empty where they passed as they came. */
  #arguments({ text, filter }: GuardedPart): string {
    if (filter === undefined) return ""
    const told = argumentsWith(text, (it) => {
      const own = this.#guards.filter()
      const said = own === undefined ? it : own.push(it) + own.end()
      this.#stopped ??= own?.stopped
      return said
    })
    return this.#stopped === undefined ? told : ""
  }
}

/** What arguments say, without how JSON writes it. */
function saidIn(written: string): string {
  const texts: string[] = []
  argumentsWith(written, (it) => {
    texts.push(it)
    return it
  })
  return texts.join("\n")
}
