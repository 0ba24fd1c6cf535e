import type { ChatAnswer, Choice, ProviderError, Stop, TokenLogprob } from "./answer.ts"
import type { AnswerPart, Citation } from "./content.ts"
import type { PartStart, StreamEvent } from "./events.ts"
import type { Usage } from "./usage.ts"

/** What the events of one stream come to. */
export type Folded =
  | { readonly kind: "whole"; readonly answer: ChatAnswer }
  /** The stream ended before its format's end; `answer` is what came. */
  | { readonly kind: "cut"; readonly answer: ChatAnswer }
  | { readonly kind: "error"; readonly error: ProviderError; readonly answer: ChatAnswer }

interface Open {
  readonly begins: PartStart
  text: string
  data: string
  signature: string | undefined
  citations: Citation[]
}

interface OpenChoice {
  readonly parts: Open[]
  stop: Stop
  detail: string | undefined
  logprobs: TokenLogprob[] | undefined
}

/** Adds up the events of a stream to the answer they are, as the same answer would have come whole. */
export class Fold {
  #id = ""
  #model = ""
  #created = 0
  #extras: ChatAnswer["extras"]
  #serviceTier: string | undefined
  #usage: Usage | undefined
  #ended = false
  #error: ProviderError | undefined
  readonly #choices: OpenChoice[] = []

  get usage(): Usage | undefined {
    return this.#usage
  }

  add(event: StreamEvent): void {
    switch (event.kind) {
      case "start":
        this.#id = event.id
        this.#model = event.model
        this.#created = event.created
        this.#extras = event.extras
        return
      case "part":
        this.#choice(event.choice).parts[event.part] = open(event.begins)
        return
      case "text":
        this.#part(event).text += event.text
        return
      case "data":
        this.#part(event).data += event.data
        return
      case "signature":
        this.#part(event).signature = event.signature
        return
      case "citation":
        this.#part(event).citations.push(event.citation)
        return
      case "logprobs": {
        const choice = this.#choice(event.choice)
        choice.logprobs = [...(choice.logprobs ?? []), ...event.tokens]
        return
      }
      case "stop": {
        const choice = this.#choice(event.choice)
        choice.stop = event.stop
        choice.detail = event.detail
        return
      }
      case "usage":
        this.#usage = event.usage
        return
      case "error":
        this.#error = event.error
        return
      case "end":
        this.#ended = true
        this.#serviceTier = event.serviceTier
        if (event.extras !== undefined) this.#extras = merged(this.#extras, event.extras)
        return
      case "part-end":
      case "ping":
        return
    }
  }

  result(): Folded {
    const answer: ChatAnswer = {
      id: this.#id,
      model: this.#model,
      created: this.#created,
      choices: this.#choices.map(closed),
      ...(this.#usage === undefined ? {} : { usage: this.#usage }),
      ...(this.#serviceTier === undefined ? {} : { serviceTier: this.#serviceTier }),
      ...(this.#extras === undefined ? {} : { extras: this.#extras }),
    }
    if (this.#error !== undefined) return { kind: "error", error: this.#error, answer }
    return { kind: this.#ended ? "whole" : "cut", answer }
  }

  #choice(index: number): OpenChoice {
    while (this.#choices.length <= index)
      this.#choices.push({ parts: [], stop: "other", detail: undefined, logprobs: undefined })
    const choice = this.#choices[index]
    if (choice === undefined) throw new Error(`there is no choice ${index}`)
    return choice
  }

  #part({ choice, part }: { readonly choice: number; readonly part: number }): Open {
    const found = this.#choice(choice).parts[part]
    if (found === undefined) throw new Error(`part ${part} of choice ${choice} has not begun`)
    return found
  }
}

const open = (begins: PartStart): Open => ({ begins, text: "", data: "", signature: undefined, citations: [] })

function merged(
  before: ChatAnswer["extras"],
  { format, members }: NonNullable<ChatAnswer["extras"]>,
): NonNullable<ChatAnswer["extras"]> {
  return { format, members: { ...before?.members, ...members } }
}

function closed({ parts, stop, detail, logprobs }: OpenChoice): Choice {
  return {
    parts: parts.map(partOf),
    stop,
    ...(detail === undefined ? {} : { stopDetail: detail }),
    ...(logprobs === undefined ? {} : { logprobs }),
  }
}

function partOf({ begins, text, data, signature, citations }: Open): AnswerPart {
  const signed = signature === undefined ? {} : { signature }
  switch (begins.kind) {
    case "text":
      return { kind: "text", text, ...(citations.length === 0 ? {} : { citations }), ...signed }
    case "reasoning":
      return { ...begins, text, ...signed }
    case "tool-call":
      return { ...begins, arguments: text, ...signed }
    case "refusal":
      return { kind: "refusal", text }
    case "made": {
      const { medium } = begins
      const whole = medium.kind === "inline" ? { ...medium, data: medium.data + data } : medium
      return { ...begins, medium: whole, ...(text === "" ? {} : { transcript: text }) }
    }
    case "opaque":
      return begins.part
  }
}
