import type { StreamWriter, ToldError } from "../codec.ts"
import type { Stop } from "../form/answer.ts"
import type { PartStart, StreamEvent } from "../form/events.ts"
import type { Losses } from "../form/losses.ts"
import type { Usage } from "../form/usage.ts"
import type { JsonObject } from "../json.ts"
import { writeCitation } from "./citations.ts"
import { writeError, writeStreamError } from "./errors.ts"
import { isPlain, seal } from "./sealed-signature.ts"
import { type Opening, openingOf, TEXT } from "./stream-opening.ts"
import { writeUsage } from "./usage.ts"
import { dropLogprobs, dropSignature, message, ownExtras, writeStopped } from "./write-answer.ts"

type Start = Extract<StreamEvent, { readonly kind: "start" }>
type End = Extract<StreamEvent, { readonly kind: "end" }>

const frame = (type: string, body: JsonObject): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...body })}\n\n`

/**
 * Writes `RawMessageStreamEvent`s of the SDK. `message_start` is held until the next event, so that it tells the usage of the
 * prompt where that is known; reason to stop and usage come at the end, in one `message_delta`.
 */
export class AnthropicWriter implements StreamWriter {
  readonly type = "text/event-stream; charset=utf-8"
  readonly #losses: Losses
  #start: Start | undefined
  #usage: Usage | undefined
  #stop: { stop: Stop; stopDetail?: string } | undefined
  #hasRefusal = false
  #extras: JsonObject = {}
  /** Of the block that is open, or was last. */
  #index = -1
  #begins: PartStart | undefined
  /** What stands before the text of a delta and after it; empty where the part has no text here. */
  #head = ""
  #tail = ""
  #signature: string | undefined

  constructor(losses: Losses) {
    this.#losses = losses
  }

  write(event: StreamEvent): string {
    // Most events are this one.
    if (event.kind === "text" && event.choice === 0 && this.#head !== "")
      return this.#head + JSON.stringify(event.text) + this.#tail
    if (event.kind === "start") {
      this.#start = event
      return ""
    }
    if (event.kind === "error") return frame("error", writeStreamError(event.error))
    if (event.kind === "usage") this.#usage = event.usage
    const begun = this.#begun()
    const written = "choice" in event && event.choice !== 0 ? this.#other() : this.#write(event)
    return begun === "" ? written : begun + written
  }

  fail(error: ToldError): string {
    return frame("error", writeError(error))
  }

  #begun(): string {
    const start = this.#start
    if (start === undefined) return ""
    this.#start = undefined
    this.#extras = ownExtras(start.extras, this.#losses)
    const usage = writeUsage(this.#usage, undefined, undefined, this.#losses)
    return frame("message_start", { message: { ...message(start.id, start.model, this.#extras), usage } })
  }

  #write(event: StreamEvent): string {
    switch (event.kind) {
      case "part":
        return this.#part(event.begins)
      case "text":
        return this.#lateText(event.text)
      case "signature":
        this.#signature = event.signature
        return ""
      case "citation":
        if (this.#begins?.kind !== "text") return ""
        return this.#delta({ type: "citations_delta", citation: writeCitation(event.citation) })
      case "logprobs":
        dropLogprobs(this.#losses)
        return ""
      case "part-end":
        return this.#partEnd()
      case "stop":
        this.#stop = event.detail === undefined ? { stop: event.stop } : { stop: event.stop, stopDetail: event.detail }
        return ""
      case "ping":
        return frame("ping", {})
      case "end":
        return this.#end(event)
      case "start":
      case "usage":
      case "data":
      case "error":
        return ""
    }
  }

  #other(): string {
    this.#losses.drop("choices", "Anthropic gives one answer; the first is told")
    return ""
  }

  #part(begins: PartStart): string {
    this.#begins = begins
    this.#signature = undefined
    if (begins.kind === "refusal") this.#hasRefusal = true
    const opening = openingOf(begins, this.#losses)
    if (opening === undefined) {
      // A sound may yet have words.
      if (begins.kind !== "made") this.#begins = undefined
      return ""
    }
    const opened = this.#open(opening)
    return opening.input === undefined
      ? opened
      : opened + this.#delta({ type: "input_json_delta", partial_json: opening.input })
  }

  #open({ block, delta }: Opening): string {
    const index = ++this.#index
    if (delta !== undefined) {
      const start = JSON.stringify({ type: "content_block_delta", index, delta: { type: delta.type } }).slice(0, -2)
      this.#head = `event: content_block_delta\ndata: ${start},"${delta.member}":`
      this.#tail = "}}\n\n"
    }
    return frame("content_block_start", { index, content_block: block })
  }

  /** What is said in a sound is told as text. */
  #lateText(text: string): string {
    if (this.#begins?.kind !== "made") return ""
    const opened = this.#open(TEXT)
    return opened + this.#head + JSON.stringify(text) + this.#tail
  }

  #delta(delta: JsonObject): string {
    return frame("content_block_delta", { index: this.#index, delta })
  }

  #partEnd(): string {
    const begins = this.#begins
    const isOpen = begins !== undefined && (begins.kind !== "made" || this.#head !== "")
    this.#begins = undefined
    this.#head = ""
    if (!isOpen) return ""
    const signed = begins.kind === "reasoning" ? this.#sign(begins) : ""
    if (this.#signature !== undefined && begins.kind !== "reasoning") dropSignature(this.#losses)
    return signed + frame("content_block_stop", { index: this.#index })
  }

  #sign(begins: Extract<PartStart, { readonly kind: "reasoning" }>): string {
    const signature = this.#signature
    if (begins.redacted !== undefined && begins.format === "anthropic") return ""
    if (!isPlain(begins)) {
      const sealed = seal(signature === undefined ? begins : { ...begins, signature })
      return this.#delta({ type: "signature_delta", signature: sealed })
    }
    return signature === undefined ? "" : this.#delta({ type: "signature_delta", signature })
  }

  #end({ serviceTier, extras: told }: End): string {
    const extras = ownExtras(told, this.#losses)
    const { usage: rest, ...members } = extras
    const stopped = writeStopped(this.#stop, this.#hasRefusal, this.#losses)
    const usage = writeUsage(this.#usage, serviceTier, rest, this.#losses)
    const delta = { ...stopped, stop_details: null, container: null, ...members }
    return frame("message_delta", { delta, usage }) + frame("message_stop", {})
  }
}
