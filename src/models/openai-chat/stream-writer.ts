import type { StreamWriter, ToldError } from "../codec.ts"
import type { StreamEvent } from "../form/events.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { Usage } from "../form/usage.ts"
import type { JsonObject } from "../json.ts"
import { ChoiceWriter } from "./choice-writer.ts"
import { writeError, writeStreamError } from "./error-body.ts"
import { writeLogprobs } from "./logprobs.ts"
import { writeUsage } from "./usage.ts"
import { dropHour, isLegacy, ownMembers } from "./write-answer.ts"

/**
 * `chat.completion.chunk` events. `finish_reason` is written with the end, so that a stream that is cut shows none; the usage
 * comes in a chunk of its own, without choices, where the caller asked with `stream_options.include_usage`.
 */
export class ChatStreamWriter implements StreamWriter {
  readonly type = "text/event-stream"
  readonly #losses: Losses
  readonly #usageAsked: boolean
  readonly #legacy: boolean
  readonly #choices: ChoiceWriter[] = []
  /** A chunk up to the value of its `choices`. */
  #head = ""
  #usage: Usage | undefined

  constructor(request: ChatRequest, losses: Losses) {
    this.#losses = losses
    this.#usageAsked = request.streamUsage
    this.#legacy = isLegacy(request)
  }

  write(event: StreamEvent): string {
    switch (event.kind) {
      case "text":
        return this.#choice(event.choice).text(event.text)
      case "start": {
        const { id, created, model, extras } = event
        const members = { ...ownMembers(extras, this.#losses), id, object: "chat.completion.chunk", created, model }
        this.#head = `data: ${JSON.stringify(members).slice(0, -1)}`
        return ""
      }
      case "part":
        return this.#choice(event.choice).begin(event.begins)
      case "signature":
        return this.#choice(event.choice).signature(event.signature)
      case "citation":
        return this.#choice(event.choice).citation(event.citation)
      case "data":
        return this.#choice(event.choice).data(event.data)
      case "logprobs": {
        const choice = this.#choice(event.choice)
        return choice.logprobs(writeLogprobs(event.tokens, choice.hasRefusal))
      }
      case "part-end":
        return this.#choice(event.choice).end()
      case "stop":
        this.#choice(event.choice).stop(event.stop, event.detail)
        return ""
      case "usage":
        this.#usage = event.usage
        return ""
      case "ping":
        return ": ping\n\n"
      case "error":
        return frame(writeStreamError(event.error))
      case "end":
        return this.#end(event)
    }
  }

  fail(error: ToldError): string {
    return frame(writeError(error))
  }

  #choice(index: number): ChoiceWriter {
    const found = this.#choices[index]
    if (found !== undefined) return found
    const made = new ChoiceWriter(index, this.#head, this.#legacy, this.#losses)
    this.#choices[index] = made
    return made
  }

  #end({ serviceTier, extras }: Extract<StreamEvent, { readonly kind: "end" }>): string {
    const members = ownMembers(extras, this.#losses)
    const told: JsonObject = { ...members, ...(serviceTier === undefined ? {} : { service_tier: serviceTier }) }
    const tail = Object.keys(told).length === 0 ? "}\n\n" : `,${JSON.stringify(told).slice(1)}\n\n`
    let text = ""
    for (const it of this.#choices) text += it?.finish(tail) ?? ""
    const usage = this.#usage
    if (usage !== undefined && this.#usageAsked) {
      if (usage.cacheWriteHour > 0) dropHour(this.#losses)
      text += `${this.#head},"choices":[],"usage":${JSON.stringify(writeUsage(usage))}${tail}`
    }
    return `${text}data: [DONE]\n\n`
  }
}

const frame = (body: JsonObject): string => `data: ${JSON.stringify(body)}\n\n`
