import type { TokenLogprob } from "../form/answer.ts"
import type { Citation } from "../form/content.ts"
import type { PartStart } from "../form/events.ts"
import type { Losses } from "../form/losses.ts"
import { carrySignature } from "../gemini/carried-signature.ts"
import type { Json, JsonObject } from "../json.ts"
import { writeAnnotation } from "./citations.ts"
import { FORMAT, MADE_IMAGE_ID, MADE_REASONING_ID } from "./format.ts"
import { writeLogprob } from "./logprobs.ts"
import { callItem, encryptedContent, imageItem, messageItem, reasoningItem } from "./written-items.ts"

type Write = (type: string, members: JsonObject) => string

/** The output of a response, item by item. Texts and refusals that follow each other are content of one message. */
export class OutputWriter {
  /** Of the response; ids of its items are made of it. */
  id = ""
  signature: string | undefined
  /** Base64 of a made part. */
  data = ""
  /** Whether a refusal was told. */
  refused = false
  readonly items: JsonObject[] = []
  readonly #losses: Losses
  readonly #event: Write
  readonly #next: () => number
  #begins: PartStart = { kind: "text" }
  #text = ""
  #annotations: JsonObject[] = []
  /** What stands in the current part's deltas before the text and after it. */
  #head = ""
  #tail = ""
  /** The message that is open: its id and its content. */
  #message: { readonly id: string; readonly content: JsonObject[] } | undefined
  /** Of all texts; held by the first of them, as the form does not tell of which text a token is. */
  readonly #tokens: Json[] = []
  #hasTokens = false
  /** Those that no delta has told yet. */
  #fresh: Json[] = []

  /** `next`: the number of the next event. */
  constructor(losses: Losses, event: Write, next: () => number) {
    this.#losses = losses
    this.#event = event
    this.#next = next
  }

  /** The hot path. */
  text(text: string): string {
    this.#text += text
    const summary = this.#head === "" ? this.#beginSummary() : ""
    if (this.#head === "") return ""
    if (this.#fresh.length === 0 || this.#begins.kind !== "text")
      return `${summary}${this.#head}${JSON.stringify(text)}${this.#tail}${this.#next()}}\n\n`
    const logprobs = JSON.stringify(this.#fresh)
    this.#fresh = []
    return `${this.#head}${JSON.stringify(text)},"logprobs":${logprobs},"sequence_number":${this.#next()}}\n\n`
  }

  begin(begins: PartStart): string {
    this.#begins = begins
    this.#text = ""
    this.data = ""
    this.signature = undefined
    this.#head = ""
    switch (begins.kind) {
      case "text":
        this.#annotations = []
        return this.#content("response.output_text.delta", {
          type: "output_text",
          text: "",
          annotations: [],
          logprobs: [],
        })
      case "refusal":
        this.refused = true
        return this.#content("response.refusal.delta", { type: "refusal", refusal: "" })
      case "tool-call": {
        const closed = this.close("completed")
        const added = this.#added(callItem(this.#itemId(), begins, "", "in_progress"))
        this.#deltas("response.function_call_arguments.delta", "", ',"sequence_number":')
        return closed + added
      }
      case "reasoning":
        return this.close("completed") + this.#added(reasoningItem(this.#itemId(), "", undefined))
      case "made":
      case "opaque":
        return this.close("completed")
    }
  }

  cite(citation: Citation): string {
    const annotation = writeAnnotation(citation, this.#text.length, this.#losses)
    if (annotation === undefined || this.#message === undefined) return ""
    this.#annotations.push(annotation)
    return this.#event("response.output_text.annotation.added", {
      ...this.#at(),
      annotation_index: this.#annotations.length - 1,
      annotation,
    })
  }

  logprobs(tokens: readonly TokenLogprob[]): void {
    const written = tokens.map(writeLogprob)
    this.#tokens.push(...written)
    this.#fresh.push(...written)
  }

  /** Ends the current part. */
  end(): string {
    const begins = this.#begins
    const text = this.#text
    switch (begins.kind) {
      case "text":
        return this.#endText(text) + this.#signBefore()
      case "refusal":
        return this.#endContent("response.refusal.done", { refusal: text }, { type: "refusal", refusal: text })
      case "tool-call": {
        const item = callItem(this.#itemId(), begins, text, "completed")
        const at = { item_id: this.#itemId(), output_index: this.items.length }
        const done = this.#event("response.function_call_arguments.done", { ...at, name: begins.name, arguments: text })
        return done + this.#done(item) + this.#signBefore()
      }
      case "reasoning": {
        const encrypted = encryptedContent(begins, this.signature, this.#losses)
        return this.#endSummary(text) + this.#done(reasoningItem(this.#itemId(), text, encrypted))
      }
      case "made": {
        const { medium } = begins
        if (text !== "") this.#losses.drop("transcript", "a response holds no sound")
        if (medium.kind === "inline" && medium.type.startsWith("image/"))
          return this.#both(imageItem(this.#itemId(), medium.data + this.data, medium.type))
        this.#losses.drop("media", "a response holds images alone, and these as bytes")
        return ""
      }
      case "opaque":
        if (begins.part.format === FORMAT) return this.#both(begins.part.value)
        this.#losses.drop(begins.part.what, `only ${begins.part.format} knows it`)
        return ""
    }
  }

  /** Ends the message that is open. */
  close(status: "completed" | "incomplete"): string {
    const message = this.#message
    if (message === undefined) return ""
    this.#message = undefined
    return this.#done(messageItem(message.id, message.content, status))
  }

  /** Ends all there is. */
  finish(): string {
    if (this.#tokens.length > 0 && !this.#hasTokens)
      this.#losses.drop("logprobs", "there is no text to tell them beside")
    return this.close("completed")
  }

  #content(type: string, part: JsonObject): string {
    let added = ""
    if (this.#message === undefined) {
      const id = this.#itemId()
      added = this.#added(messageItem(id, [], "in_progress"))
      this.#message = { id, content: [] }
    }
    const tail = part.type === "refusal" ? ',"sequence_number":' : ',"logprobs":[],"sequence_number":'
    this.#deltas(type, `,"content_index":${this.#message.content.length}`, tail)
    return added + this.#event("response.content_part.added", { ...this.#at(), part })
  }

  #endText(text: string): string {
    const isFirst = !this.#hasTokens
    this.#hasTokens = true
    const logprobs: readonly Json[] = isFirst ? this.#tokens : []
    const part = { type: "output_text", text, annotations: this.#annotations, logprobs }
    return this.#endContent("response.output_text.done", { text, logprobs }, part)
  }

  #endContent(type: string, whole: JsonObject, part: JsonObject): string {
    const at = this.#at()
    this.#message?.content.push(part)
    return this.#event(type, { ...at, ...whole }) + this.#event("response.content_part.done", { ...at, part })
  }

  #beginSummary(): string {
    if (this.#begins.kind !== "reasoning") return ""
    const at = { item_id: this.#itemId(), output_index: this.items.length, summary_index: 0 }
    this.#deltas("response.reasoning_summary_text.delta", ',"summary_index":0', ',"sequence_number":')
    return this.#event("response.reasoning_summary_part.added", { ...at, part: { type: "summary_text", text: "" } })
  }

  #endSummary(text: string): string {
    if (text === "") return ""
    const at = { item_id: this.#itemId(), output_index: this.items.length, summary_index: 0 }
    const part = { type: "summary_text", text }
    return (
      this.#event("response.reasoning_summary_text.done", { ...at, text }) +
      this.#event("response.reasoning_summary_part.done", { ...at, part })
    )
  }

  /** The dialect has no place for signatures of texts and calls: an item after them keeps them. */
  #signBefore(): string {
    if (this.signature === undefined) return ""
    const encrypted = carrySignature({ format: "gemini", means: "before", value: this.signature })
    this.signature = undefined
    const closed = this.close("completed")
    return closed + this.#both(reasoningItem(`${MADE_REASONING_ID}${this.id}_${this.items.length}`, "", encrypted))
  }

  #deltas(type: string, place: string, tail: string): void {
    const id = JSON.stringify(this.#message?.id ?? this.#itemId())
    const at = `"item_id":${id},"output_index":${this.items.length}${place}`
    this.#head = `event: ${type}\ndata: {"type":"${type}",${at},"delta":`
    this.#tail = tail
  }

  #at(): JsonObject {
    const content = this.#message?.content.length ?? 0
    return { item_id: this.#message?.id ?? "", output_index: this.items.length, content_index: content }
  }

  #both(item: JsonObject): string {
    return this.#added(item) + this.#done(item)
  }

  #added(item: JsonObject): string {
    return this.#event("response.output_item.added", { output_index: this.items.length, item })
  }

  #done(item: JsonObject): string {
    const done = this.#event("response.output_item.done", { output_index: this.items.length, item })
    this.items.push(item)
    return done
  }

  /** Of the item that is open, the same while it is. */
  #itemId(): string {
    const begins = this.#begins
    const made = `${this.id}_${this.items.length}`
    switch (begins.kind) {
      case "reasoning":
        return begins.id ?? `${MADE_REASONING_ID}${made}`
      case "made":
        return begins.id ?? `${MADE_IMAGE_ID}${made}`
      case "tool-call":
        return `fc_${made}`
      default:
        return `msg_${made}`
    }
  }
}
