import type { StreamWriter, ToldError } from "../codec.ts"
import type { Citation } from "../form/content.ts"
import type { PartStart, StreamEvent } from "../form/events.ts"
import type { Losses } from "../form/losses.ts"
import type { JsonObject } from "../json.ts"
import { writeCitations } from "./citations.ts"
import { writeError } from "./errors.ts"
import { writeLogprobs } from "./logprobs.ts"
import { writeStop } from "./stops.ts"
import { writeUsage } from "./usage.ts"
import { splitExtras, writeHead } from "./write-answer.ts"
import { thoughtSignature, writeAnswerPart } from "./write-answer-part.ts"

type Of<K extends StreamEvent["kind"]> = Extract<StreamEvent, { readonly kind: K }>

interface OpenPart {
  readonly begins: PartStart
  text: string
  data: string
  signature: string | undefined
  readonly citations: Citation[]
}

/** Writes a stream of answers, as server-sent events or as the array that the API gives without `alt=sse`. */
export class GeminiWriter implements StreamWriter {
  readonly type: string
  readonly #losses: Losses
  readonly #isArray: boolean
  #isFirst = true
  /** What follows the parts of a candidate, by choice. */
  readonly #tails: string[] = []
  #head: JsonObject = {}
  #headText = ""
  readonly #open: (OpenPart | undefined)[] = []
  readonly #stops: Of<"stop">[] = []
  #usage: JsonObject | undefined
  #extras: Of<"start">["extras"]

  constructor(losses: Losses, framing: "sse" | "json-array") {
    this.#losses = losses
    this.#isArray = framing === "json-array"
    this.type = this.#isArray ? "application/json" : "text/event-stream"
  }

  write(event: StreamEvent): string {
    switch (event.kind) {
      case "text":
        return this.#text(event)
      case "start":
        this.#head = writeHead(event)
        this.#headText = JSON.stringify(this.#head).slice(1)
        this.#extras = event.extras
        return ""
      case "part":
        this.#open[event.choice] = { begins: event.begins, text: "", data: "", signature: undefined, citations: [] }
        return ""
      case "part-end":
        return this.#partEnd(event.choice)
      case "signature":
        return this.#signature(event)
      case "data":
        this.#part(event.choice).data += event.data
        return ""
      case "citation":
        this.#part(event.choice).citations.push(event.citation)
        return ""
      case "logprobs":
        return this.#candidate(event.choice, { logprobsResult: writeLogprobs(event.tokens, this.#losses) })
      case "stop":
        this.#stops.push(event)
        return ""
      case "usage":
        this.#usage = writeUsage(event.usage, this.#losses)
        return ""
      case "ping":
        return this.#isArray ? "" : ": ping\n\n"
      case "error": {
        const { status, message, code, type, param } = event.error
        const told = { status, message, code: code ?? type ?? "provider_error", facts: {} }
        return this.fail({ ...told, ...(param === undefined ? {} : { param }) })
      }
      case "end":
        return this.#end(event)
    }
  }

  fail(error: ToldError): string {
    return this.#framed(JSON.stringify(writeError(error))) + (this.#isArray ? "]" : "")
  }

  /** The hot path. */
  #text({ choice, text }: Of<"text">): string {
    const open = this.#part(choice)
    switch (open.begins.kind) {
      case "text":
        open.text += text
        return this.#framed(`{"candidates":[{"content":{"parts":[{"text":${JSON.stringify(text)}}${this.#tail(choice)}`)
      case "refusal":
        return this.#framed(`{"candidates":[{"content":{"parts":[{"text":${JSON.stringify(text)}}${this.#tail(choice)}`)
      case "reasoning": {
        if (open.begins.format === undefined) return this.#thought(choice, text)
        // The last piece waits for the signature: a thought without text is dropped by some SDKs, and what signs it too.
        const before = open.text
        open.text = text
        return before === "" ? "" : this.#thought(choice, before)
      }
      case "tool-call":
      case "made":
      case "opaque":
        open.text += text
        return ""
    }
  }

  #thought(choice: number, text: string): string {
    return this.#framed(
      `{"candidates":[{"content":{"parts":[{"text":${JSON.stringify(text)},"thought":true}${this.#tail(choice)}`,
    )
  }

  #signature({ choice, signature }: Of<"signature">): string {
    const open = this.#part(choice)
    if (open.begins.kind === "text") return this.#content(choice, { text: "", thoughtSignature: signature })
    open.signature = signature
    return ""
  }

  #partEnd(choice: number): string {
    const { begins, text, data, signature, citations } = this.#part(choice)
    switch (begins.kind) {
      case "text": {
        const citationMetadata = citations.length === 0 ? undefined : writeCitations(citations, text, this.#losses)
        return citationMetadata === undefined ? "" : this.#candidate(choice, { citationMetadata })
      }
      case "refusal":
        return ""
      case "reasoning": {
        const signed = signature === undefined ? begins : { ...begins, signature }
        const told = thoughtSignature(signed, this.#losses)
        if (told !== undefined) return this.#content(choice, { text, thought: true, thoughtSignature: told })
        return text === "" ? "" : this.#thought(choice, text)
      }
      case "tool-call":
        return this.#whole(choice, { ...begins, arguments: text, ...(signature === undefined ? {} : { signature }) })
      case "made": {
        const { medium } = begins
        const whole = medium.kind === "inline" ? { ...medium, data: medium.data + data } : medium
        return this.#whole(choice, { ...begins, medium: whole, ...(text === "" ? {} : { transcript: text }) })
      }
      case "opaque":
        return this.#whole(choice, begins.part)
    }
  }

  #whole(choice: number, part: Parameters<typeof writeAnswerPart>[0]): string {
    const written = writeAnswerPart(part, this.#losses)
    return written === undefined ? "" : this.#content(choice, written)
  }

  #content(choice: number, part: JsonObject): string {
    return this.#framed(`{"candidates":[{"content":{"parts":[${JSON.stringify(part)}${this.#tail(choice)}`)
  }

  /** SDKs take an answer without parts for a broken one, and leave it out of the history they keep. */
  #candidate(index: number, members: JsonObject): string {
    const candidate = { content: { parts: [{ text: "" }], role: "model" }, index, ...members }
    return this.#framed(JSON.stringify({ candidates: [candidate], ...this.#head }))
  }

  /** Reasons are told with the last answer, so that a stream that is cut has none. */
  #end({ extras, serviceTier }: Of<"end">): string {
    if (serviceTier !== undefined) this.#losses.drop("serviceTier", "an answer of Gemini does not tell it")
    const started = splitExtras(this.#extras, this.#losses)
    const ended = splitExtras(extras, this.#losses)
    const own = { ...started.own, ...ended.own }
    const candidates = this.#stops.map(({ choice, stop, detail }) => ({
      content: { parts: [{ text: "" }], role: "model" },
      finishReason: writeStop(stop, detail, this.#losses),
      index: choice,
      ...started.ofCandidates.get(choice),
      ...ended.ofCandidates.get(choice),
    }))
    const isBlocked = own.promptFeedback !== undefined && this.#open.length === 0
    const last = {
      ...(isBlocked ? {} : { candidates }),
      ...own,
      ...(this.#usage === undefined ? {} : { usageMetadata: this.#usage }),
      ...this.#head,
    }
    return this.#framed(JSON.stringify(last)) + (this.#isArray ? "]" : "")
  }

  #part(choice: number): OpenPart {
    const open = this.#open[choice]
    if (open === undefined) throw new Error(`no part of choice ${choice} has begun`)
    return open
  }

  #tail(choice: number): string {
    const known = this.#tails[choice]
    if (known !== undefined) return known
    const tail = `],"role":"model"},"index":${choice}}],${this.#headText}`
    this.#tails[choice] = tail
    return tail
  }

  #framed(json: string): string {
    if (!this.#isArray) return `data: ${json}\r\n\r\n`
    const before = this.#isFirst ? "[" : ",\r\n"
    this.#isFirst = false
    return before + json
  }
}
