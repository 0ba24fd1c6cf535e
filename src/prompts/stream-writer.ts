import type { StreamWriter, ToldError } from "../models/codec.ts"
import type { Stop } from "../models/form/answer.ts"
import type { StreamEvent } from "../models/form/events.ts"
import type { Usage } from "../models/form/usage.ts"
import type { JsonObject } from "../models/json.ts"
import { usageTold } from "./usage-told.ts"
import { writeError } from "./write-error.ts"

/**
 * Server-sent events (WHATWG HTML §9.2) of a prompt: `text` with a piece of the output, then `end` with what is told of the
 * whole, or `error` with a problem document.
 */
export class PromptStreamWriter implements StreamWriter {
  readonly type = "text/event-stream"
  #model: string
  #usage: Usage | undefined
  #stop: Stop = "other"
  /** Kinds of the part that is being told: thoughts are not part of the output. */
  #isOutput = false

  constructor(model: string) {
    this.#model = model
  }

  write(event: StreamEvent): string {
    switch (event.kind) {
      case "start":
        this.#model = event.model
        return ""
      case "part":
        this.#isOutput = event.begins.kind === "text" || event.begins.kind === "refusal"
        return ""
      case "text":
        return this.#isOutput ? `event: text\ndata: {"text":${JSON.stringify(event.text)}}\n\n` : ""
      case "stop":
        this.#stop = event.stop
        return ""
      case "usage":
        this.#usage = event.usage
        return ""
      case "ping":
        return ": ping\n\n"
      case "error":
        return framed("error", { status: event.error.status, detail: event.error.message })
      case "end":
        return framed("end", {
          model: this.#model,
          stop: this.#stop,
          ...(this.#usage === undefined ? {} : { usage: usageTold(this.#usage) }),
        })
      case "signature":
      case "citation":
      case "data":
      case "logprobs":
      case "part-end":
        return ""
    }
  }

  fail(error: ToldError): string {
    return framed("error", writeError(error))
  }
}

const framed = (event: string, data: JsonObject): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
