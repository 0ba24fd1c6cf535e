import type { StreamWriter, ToldError } from "../codec.ts"
import type { StreamEvent } from "../form/events.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { Usage } from "../form/usage.ts"
import type { Json } from "../json.ts"
import { writeError, writeStreamError } from "../openai-chat/error-body.ts"
import { writeUsage } from "../openai-chat/usage.ts"
import { dropHour, ownMembers } from "../openai-chat/write-answer.ts"
import { isTold, logprobsOf, reasonOf } from "./answer-parts.ts"
import { dropDress } from "./write-answer.ts"

interface Told {
  /** Whether the open part is text of the completion. */
  isTold: boolean
  /** Of the tokens whose log probabilities were told. */
  offset: number
  reason: string | undefined
}

/** `text_completion` chunks. As for chats, `finish_reason` comes with the end, so that a stream that is cut shows none. */
export class CompletionsStreamWriter implements StreamWriter {
  readonly type = "text/event-stream"
  readonly #losses: Losses
  readonly #usageAsked: boolean
  readonly #choices: Told[] = []
  /** A chunk up to the value of its `choices`. */
  #head = ""
  #usage: Usage | undefined

  constructor(request: ChatRequest, losses: Losses) {
    this.#losses = losses
    this.#usageAsked = request.streamUsage
  }

  write(event: StreamEvent): string {
    switch (event.kind) {
      case "text":
        return this.#choice(event.choice).isTold ? this.#chunk(event.choice, event.text, null) : ""
      case "start": {
        const { id, created, model, extras } = event
        const members = { ...ownMembers(extras, this.#losses), id, object: "text_completion", created, model }
        this.#head = `data: ${JSON.stringify(members).slice(0, -1)}`
        return ""
      }
      case "part":
        this.#choice(event.choice).isTold = isTold(event.begins, this.#losses)
        return ""
      case "citation":
        dropDress(true, false, this.#losses)
        return ""
      case "signature":
        dropDress(false, this.#choice(event.choice).isTold, this.#losses)
        return ""
      case "logprobs": {
        const choice = this.#choice(event.choice)
        const logprobs = logprobsOf(event.tokens, choice.offset)
        for (const { token } of event.tokens) choice.offset += token.length
        return this.#chunk(event.choice, "", logprobs)
      }
      case "stop":
        this.#choice(event.choice).reason = reasonOf(event.stop, this.#losses)
        return ""
      case "usage":
        this.#usage = event.usage
        return ""
      case "data":
      case "part-end":
        return ""
      case "ping":
        return ": ping\n\n"
      case "error":
        return `data: ${JSON.stringify(writeStreamError(event.error))}\n\n`
      case "end":
        return this.#end(event)
    }
  }

  fail(error: ToldError): string {
    return `data: ${JSON.stringify(writeError(error))}\n\n`
  }

  #chunk(index: number, text: string, logprobs: Json): string {
    const told = logprobs === null ? "null" : JSON.stringify(logprobs)
    return `${this.#head},"choices":[{"index":${index},"text":${JSON.stringify(text)},"logprobs":${told},"finish_reason":null}]}\n\n`
  }

  #choice(index: number): Told {
    const found = this.#choices[index]
    if (found !== undefined) return found
    const made: Told = { isTold: false, offset: 0, reason: undefined }
    this.#choices[index] = made
    return made
  }

  #end({ serviceTier, extras }: Extract<StreamEvent, { readonly kind: "end" }>): string {
    if (serviceTier !== undefined) this.#losses.drop("service_tier", "completions do not tell it")
    const more = JSON.stringify(ownMembers(extras, this.#losses)).slice(1)
    const tail = more === "}" ? "}\n\n" : `,${more}\n\n`
    let text = ""
    for (const [index, it] of this.#choices.entries()) {
      if (it?.reason === undefined) continue
      const reason = JSON.stringify(it.reason)
      text += `${this.#head},"choices":[{"index":${index},"text":"","logprobs":null,"finish_reason":${reason}}]${tail}`
    }
    const usage = this.#usage
    if (usage !== undefined && this.#usageAsked) {
      if (usage.cacheWriteHour > 0) dropHour(this.#losses)
      text += `${this.#head},"choices":[],"usage":${JSON.stringify(writeUsage(usage))}${tail}`
    }
    return `${text}data: [DONE]\n\n`
  }
}
