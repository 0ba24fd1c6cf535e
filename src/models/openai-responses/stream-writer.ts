import type { StreamWriter, ToldError } from "../codec.ts"
import type { ProviderError } from "../form/answer.ts"
import type { StreamEvent } from "../form/events.ts"
import type { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { Json, JsonObject } from "../json.ts"
import { writeErrorObject } from "./errors.ts"
import { FORMAT } from "./format.ts"
import { OutputWriter } from "./output-writer.ts"
import { repeated } from "./response-members.ts"
import { writeStop } from "./stops.ts"
import { writeUsage } from "./usage.ts"

type Of<K extends StreamEvent["kind"]> = Extract<StreamEvent, { readonly kind: K }>

/** Writes the typed events of a response, each with its number, and at the end the response they add up to. */
export class ResponsesWriter implements StreamWriter {
  readonly type = "text/event-stream"
  readonly #request: ChatRequest
  readonly #losses: Losses
  readonly #output: OutputWriter
  #sequence = 0
  #start: Of<"start"> = { kind: "start", id: "", model: "", created: 0 }
  #stop: Of<"stop"> = { kind: "stop", choice: 0, stop: "other" }
  #usage: JsonObject | null = null
  #response: JsonObject | undefined

  constructor(request: ChatRequest, losses: Losses) {
    this.#request = request
    this.#losses = losses
    this.#output = new OutputWriter(
      losses,
      (type, members) => this.#event(type, members),
      () => this.#sequence++,
    )
  }

  /** What the stream came to; undefined before its end. */
  get response(): JsonObject | undefined {
    return this.#response
  }

  write(event: StreamEvent): string {
    if (event.kind === "text") {
      return event.choice === 0 ? this.#output.text(event.text) : ""
    }
    if ("choice" in event && event.choice !== 0) {
      this.#losses.drop("choices", "a response is one answer; the first is told")
      return ""
    }
    switch (event.kind) {
      case "start":
        this.#start = event
        this.#output.id = event.id
        return this.#begin()
      case "part":
        return this.#output.begin(event.begins)
      case "part-end":
        return this.#output.end()
      case "signature":
        this.#output.signature = event.signature
        return ""
      case "data":
        this.#output.data += event.data
        return ""
      case "citation":
        return this.#output.cite(event.citation)
      case "logprobs":
        this.#output.logprobs(event.tokens)
        return ""
      case "stop":
        this.#stop = event
        return this.#output.close(event.stop === "length" ? "incomplete" : "completed")
      case "usage":
        this.#usage = writeUsage(event.usage, this.#losses)
        return ""
      case "ping":
        return ": ping\n\n"
      case "error":
        return this.fail(toldOf(event.error))
      case "end":
        return this.#end(event)
    }
  }

  fail(error: ToldError): string {
    const told = writeErrorObject(error)
    const { code = null, message = "", param = null } = told
    // The members stand both where the reference has them and where the API and its SDKs do.
    return this.#event("error", { code, message, param, error: told })
  }

  #begin(): string {
    const response = this.#whole({ status: "in_progress", incomplete_details: null, output: [], usage: null })
    return this.#event("response.created", { response }) + this.#event("response.in_progress", { response })
  }

  #end({ serviceTier, extras }: Of<"end">): string {
    const left = this.#output.finish()
    const { stop, detail } = this.#stop
    const { status, incomplete_details } = writeStop(stop, detail, this.#output.refused, this.#losses)
    const response = {
      ...this.#own(extras),
      ...this.#whole({ status, incomplete_details, output: this.#output.items, usage: this.#usage }),
      ...(serviceTier === undefined ? {} : { service_tier: serviceTier }),
    }
    this.#response = response
    return left + this.#event(`response.${status}`, { response })
  }

  #own(extras: Of<"end">["extras"]): JsonObject {
    const told = [this.#start.extras, extras].filter((it) => it !== undefined)
    for (const { format, members } of told) {
      if (format === FORMAT) continue
      for (const name of Object.keys(members)) this.#losses.drop(name, `only answers of ${format} have it`)
    }
    return Object.fromEntries(told.flatMap((it) => (it.format === FORMAT ? Object.entries(it.members) : [])))
  }

  #whole(state: JsonObject): JsonObject {
    const { id, created, model } = this.#start
    return { id, object: "response", created_at: created, model, ...repeated(this.#request), ...state }
  }

  #event(type: string, members: { readonly [name: string]: Json | undefined }): string {
    return `event: ${type}\ndata: ${JSON.stringify({ type, ...members, sequence_number: this.#sequence++ })}\n\n`
  }
}

function toldOf({ status, message, code, type, param }: ProviderError): ToldError {
  return {
    status,
    message,
    code: code ?? type ?? "provider_error",
    ...(type === undefined ? {} : { type }),
    ...(param === undefined ? {} : { param }),
    facts: {},
  }
}
