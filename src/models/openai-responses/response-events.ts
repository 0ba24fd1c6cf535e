import type { PartStart, StreamEvent } from "../form/events.ts"
import type { JsonObject } from "../json.ts"
import { type Json, listOf, numberOf, objectOf, textOf } from "../json.ts"
import { readAnnotation } from "./citations.ts"
import { BETWEEN_SUMMARIES, FORMAT, MADE_IMAGE_ID, MADE_REASONING_ID } from "./format.ts"
import { InOrder } from "./in-order.ts"
import { readLogprobs } from "./logprobs.ts"
import { readExtras } from "./response-members.ts"
import { readStop } from "./stops.ts"
import { readUsage } from "./usage.ts"

const TEXT: PartStart = { kind: "text" }
const REFUSAL: PartStart = { kind: "refusal" }
/** Content of an item is numbered; an item has fewer. */
const MOST_CONTENT = 4096

/** A response as events, item by item: the same whether its items were streamed before or come whole at its end. */
export class ResponseEvents {
  readonly #to: (event: StreamEvent) => void
  readonly #parts: InOrder
  readonly #done = new Set<number>()
  /** Which section of an item's thoughts is being told. */
  readonly #sections = new Map<number, number>()
  #isStarted = false
  #called = false
  #refused = false

  constructor(to: (event: StreamEvent) => void) {
    this.#to = to
    this.#parts = new InOrder(to)
  }

  start(response: JsonObject): void {
    if (this.#isStarted) return
    this.#isStarted = true
    this.#to({
      kind: "start",
      id: textOf(response.id) ?? "",
      model: textOf(response.model) ?? "",
      created: Math.floor(numberOf(response.created_at) ?? 0),
    })
  }

  /** The hot path. */
  text(item: number, content: number, text: string): void {
    this.#parts.text(item * MOST_CONTENT + content, TEXT, text)
  }

  refusal(item: number, content: number, text: string): void {
    this.#refused = true
    this.#parts.text(item * MOST_CONTENT + content, REFUSAL, text)
  }

  citation(item: number, content: number, value: Json | undefined): void {
    const citation = readAnnotation(value)
    if (citation !== undefined) this.#parts.cite(item * MOST_CONTENT + content, TEXT, citation)
  }

  itemBegins(index: number, item: JsonObject): void {
    const begins = startOf(item)
    // What else there is begins empty, and is told when it is whole.
    if (begins?.kind === "tool-call" || begins?.kind === "reasoning") this.#parts.begin(index * MOST_CONTENT, begins)
  }

  /** `section`: counts the parts of a summary and of thoughts apart. */
  thought(index: number, section: number, text: string): void {
    if (text === "") return
    const key = index * MOST_CONTENT
    const isNext = this.#sections.get(index) !== section
    this.#sections.set(index, section)
    const begins: PartStart = { kind: "reasoning", format: FORMAT }
    if (isNext && this.#parts.sent(key) > 0) this.#parts.text(key, begins, BETWEEN_SUMMARIES)
    this.#parts.text(key, begins, text)
  }

  callArguments(index: number, text: string): void {
    this.#parts.text(index * MOST_CONTENT, { kind: "tool-call", id: "", name: "" }, text)
  }

  /** Tells what of a whole item has not been told yet. */
  itemDone(index: number, item: JsonObject): void {
    if (this.#done.has(index)) return
    this.#done.add(index)
    const key = index * MOST_CONTENT
    const begins = startOf(item)
    if (begins === undefined) {
      this.#messageDone(index, item)
      return
    }
    this.#parts.begin(key, begins)
    if (begins.kind === "tool-call") {
      this.#called = true
      this.#rest(key, begins, textOf(item.arguments) ?? "")
    } else if (begins.kind === "reasoning") {
      this.#rest(key, begins, thoughtsOf(item))
      const signature = textOf(item.encrypted_content)
      if (signature !== undefined) this.#parts.sign(key, begins, signature)
    }
    this.#parts.end(key)
  }

  /** The whole response, with which a stream ends too. */
  finish(response: JsonObject): void {
    this.start(response)
    const output = listOf(response.output)
    for (const [index, item] of output.entries()) this.itemDone(index, objectOf(item) ?? {})
    this.#parts.endAll()
    const tokens = output.flatMap((item) =>
      listOf(objectOf(item)?.content).flatMap((it) => readLogprobs(objectOf(it)?.logprobs)),
    )
    if (tokens.length > 0) this.#to({ kind: "logprobs", choice: 0, tokens })
    const usage = readUsage(response.usage)
    if (usage !== undefined) this.#to({ kind: "usage", usage })
    const { stop, stopDetail } = readStop(response, this.#called, this.#refused)
    this.#to({ kind: "stop", choice: 0, stop, ...(stopDetail === undefined ? {} : { detail: stopDetail }) })
    const serviceTier = textOf(response.service_tier)
    const extras = readExtras(response)
    this.#to({
      kind: "end",
      ...(serviceTier === undefined ? {} : { serviceTier }),
      ...(extras === undefined ? {} : { extras: { format: FORMAT, members: extras } }),
    })
  }

  #messageDone(index: number, item: JsonObject): void {
    for (const [at, value] of listOf(item.content).entries()) {
      const content = objectOf(value)
      const key = index * MOST_CONTENT + at
      if (content?.type === "refusal") {
        this.#refused = true
        this.#rest(key, REFUSAL, textOf(content.refusal) ?? "")
      } else if (typeof content?.type === "string" && content.type !== "output_text") {
        // A kind of content that is not known yet.
        const part = { kind: "opaque" as const, format: FORMAT, what: content.type, value: content }
        this.#parts.begin(key, { kind: "opaque", part })
      } else {
        this.#rest(key, TEXT, textOf(content?.text) ?? "")
        for (const it of listOf(content?.annotations).slice(this.#parts.cited(key))) this.citation(index, at, it)
      }
      this.#parts.end(key)
    }
  }

  #rest(key: number, begins: PartStart, whole: string): void {
    const sent = this.#parts.sent(key)
    this.#parts.begin(key, begins)
    if (whole.length > sent) this.#parts.text(key, begins, whole.slice(sent))
  }
}

/** Undefined for messages, whose content are the parts. */
function startOf(item: JsonObject): PartStart | undefined {
  const id = textOf(item.id)
  const type = textOf(item.type) ?? "message"
  switch (type) {
    case "message":
      return undefined
    case "function_call":
      return { kind: "tool-call", id: textOf(item.call_id) ?? id ?? "", name: textOf(item.name) ?? "" }
    case "reasoning": {
      const isKnown = id !== undefined && !id.startsWith(MADE_REASONING_ID)
      return { kind: "reasoning", format: FORMAT, ...(isKnown ? { id } : {}) }
    }
    case "image_generation_call": {
      const data = textOf(item.result)
      if (data === undefined) break
      const type = `image/${textOf(item.output_format) ?? "png"}`
      const isKnown = id !== undefined && !id.startsWith(MADE_IMAGE_ID)
      return { kind: "made", medium: { kind: "inline", type, data }, ...(isKnown ? { id } : {}) }
    }
    default:
      break
  }
  return { kind: "opaque", part: { kind: "opaque", format: FORMAT, what: type, value: item } }
}

const thoughtsOf = (item: JsonObject): string =>
  [...listOf(item.content), ...listOf(item.summary)]
    .flatMap((it) => textOf(objectOf(it)?.text) || [])
    .join(BETWEEN_SUMMARIES)
