import type { StreamReader } from "../codec.ts"
import type { StreamEvent } from "../form/events.ts"
import { FormFault } from "../form/fault.ts"
import { SseFrames } from "../framing/sse.ts"
import { isList, isObject, type Json, type JsonObject, numberOf, objectOf, parseObject, textOf } from "../json.ts"
import type { WireFormat } from "../wire-format.ts"
import { readSources } from "./annotations.ts"
import { ChoiceReader } from "./choice-reader.ts"
import { answerId, extrasOf } from "./read-answer.ts"
import { isError, readStreamError } from "./read-error.ts"
import { readUsage } from "./usage.ts"

type To = (event: StreamEvent) => void

/** More answers to one request no provider gives. */
const MOST_CHOICES = 128
const IGNORED: To = () => undefined

/**
 * `chat.completion.chunk` events, `[DONE]` after the last. A stream that ends without `[DONE]` (older llama.cpp servers, some
 * proxies) is whole where every choice that began has told its `finish_reason`: that is the model's own word that it is
 * complete, and all that can be missing after it is the usage.
 */
export class ChatStreamReader implements StreamReader {
  readonly #format: WireFormat
  readonly #frames = new SseFrames((event, data) => this.#frame(event, data))
  readonly #choices: ChoiceReader[] = []
  #to: To = IGNORED
  #state: "waits" | "runs" | "over" = "waits"
  /** What chunks before the first with a choice told, as Azure's first, which has neither id nor model. */
  #before: Record<string, Json | undefined> = {}
  #id = ""
  #serviceTier: string | undefined
  #extras: Record<string, Json | undefined> | undefined

  constructor(format: WireFormat) {
    this.#format = format
  }

  read(bytes: Uint8Array, to: To): void {
    this.#to = to
    this.#frames.push(bytes)
  }

  close(to: To): void {
    this.#to = to
    this.#frames.close()
    if (this.#state === "over") return
    const isWhole = this.#choices.length > 0 && this.#choices.every((it) => it.isFinished)
    this.#finish(isWhole)
  }

  #frame(event: string, data: string): void {
    if (this.#state === "over" || data === "") return
    if (data === "[DONE]") {
      this.#finish(true)
      return
    }
    const chunk = parseObject(data)
    if (event === "error" || (chunk !== undefined && isError(chunk))) {
      const error = readStreamError(chunk)
      this.#state = "over"
      this.#to({ kind: "error", error: chunk === undefined ? { ...error, message: data } : error })
      return
    }
    if (chunk === undefined) throw new FormFault("data", "a JSON object")
    this.#chunk(chunk)
  }

  #chunk(chunk: JsonObject): void {
    const { choices } = chunk
    const isEmpty = !isList(choices) || choices.length === 0
    if (this.#state === "waits") {
      if (isEmpty) this.#hold(chunk)
      else this.#start(chunk)
    }
    if (isList(choices)) for (let at = 0; at < choices.length; at++) this.#choice(choices[at], at, chunk)
    if (isEmpty && this.#state === "runs") this.#keep(chunk)
    const usage = chunk.usage ?? objectOf(chunk.x_groq)?.usage
    if (usage === undefined || usage === null) return
    const read = readUsage(usage)
    if (read === undefined) return
    if (this.#state === "waits") this.#start(chunk)
    this.#to({ kind: "usage", usage: read })
  }

  #choice(told: Json | undefined, at: number, chunk: JsonObject): void {
    if (!isObject(told)) throw new FormFault(`choices[${at}]`, "an object")
    const index = numberOf(told.index) ?? at
    const known = this.#choices[index]
    if (known === undefined && !(Number.isInteger(index) && index >= 0 && index < MOST_CHOICES))
      throw new FormFault(`choices[${at}].index`, `a whole number below ${MOST_CHOICES}`)
    while (this.#choices.length <= index) this.#choices.push(new ChoiceReader(this.#choices.length, this.#id))
    this.#choices[index]?.read(told, this.#to)
    if (typeof told.finish_reason === "string") this.#keep(chunk)
  }

  #hold(chunk: JsonObject): void {
    for (const name in chunk) {
      const value = chunk[name]
      if (value !== undefined && value !== null && value !== "" && value !== 0) this.#before[name] = value
    }
  }

  #start(chunk: JsonObject): void {
    this.#hold(chunk)
    const told = this.#before
    const model = textOf(told.model) ?? ""
    const created = numberOf(told.created) ?? 0
    const members = extrasOf(told)
    this.#id = answerId(told.id, created, model)
    this.#serviceTier = textOf(told.service_tier)
    this.#state = "runs"
    const extras = members === undefined ? {} : { extras: { format: this.#format, members } }
    this.#to({ kind: "start", id: this.#id, model, created, ...extras })
    this.#before = { ...members }
  }

  /** What a chunk tells of the whole answer; not looked for in chunks that are only a delta. */
  #keep(chunk: JsonObject): void {
    this.#serviceTier = textOf(chunk.service_tier) ?? this.#serviceTier
    const members = extrasOf(chunk)
    if (members === undefined) return
    for (const [name, value] of Object.entries(members)) {
      if (value === undefined || this.#before[name] === value) continue
      this.#extras ??= {}
      this.#extras[name] = value
    }
  }

  #finish(isWhole: boolean): void {
    if (isWhole && this.#state === "waits") this.#start({})
    this.#state = "over"
    const sources = readSources({ ...this.#before, ...this.#extras })
    for (const it of this.#choices) it.close(isWhole, sources, this.#to)
    if (!isWhole) return
    const tier = this.#serviceTier
    this.#to({
      kind: "end",
      ...(tier === undefined ? {} : { serviceTier: tier }),
      ...(this.#extras === undefined ? {} : { extras: { format: this.#format, members: this.#extras } }),
    })
  }
}
