import type { Citation } from "../form/content.ts"
import type { PartStart, StreamEvent } from "../form/events.ts"
import { isList, type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"
import { readAnnotation } from "./annotations.ts"
import { signatureOf } from "./call.ts"
import { CallsReader } from "./calls-reader.ts"
import { readLogprobs } from "./logprobs.ts"
import { AUDIO_TYPE, readImage } from "./made-media.ts"
import { readChunk } from "./read-answer.ts"
import { readDetail } from "./reasoning-details.ts"
import { readStop } from "./stops.ts"

type To = (event: StreamEvent) => void
type Plain = "text" | "reasoning" | "refusal" | "made"

const TEXT: PartStart = Object.freeze({ kind: "text" })
const REASONING: PartStart = Object.freeze({ kind: "reasoning" })
const REFUSAL: PartStart = Object.freeze({ kind: "refusal" })

/** One choice of a stream: deltas in, parts out. */
export class ChoiceReader {
  readonly choice: number
  readonly answer: string
  readonly #calls: CallsReader
  #parts = 0
  #open: Plain | "call" | undefined
  /** Of the open reasoning part: what was thought, its `index` among the details, and whether its signature came. */
  #thoughts = ""
  #detail: number | undefined
  #isSealed = false
  /** Details that were told, so that one that is told again (as a list of all so far) is none. */
  readonly #told = new Set<string>()
  #hasRefusal = false
  #isCited = false
  /** The chunk's choice that said why it ended. */
  #last: JsonObject | undefined

  constructor(choice: number, answer: string) {
    this.choice = choice
    this.answer = answer
    this.#calls = new CallsReader(this)
  }

  get isFinished(): boolean {
    return this.#last !== undefined
  }

  read(told: JsonObject, to: To): void {
    const delta = objectOf(told.delta) ?? objectOf(told.message)
    if (delta !== undefined) this.#delta(delta, to)
    if (told.logprobs !== undefined && told.logprobs !== null) {
      const tokens = readLogprobs(told.logprobs)
      if (tokens !== undefined) to({ kind: "logprobs", choice: this.choice, tokens })
    }
    if (typeof told.finish_reason === "string") this.#last = told
  }

  /** The stream has ended; `sources` are those of the whole answer. `stop` comes only now, as some providers go on after `finish_reason`. */
  close(isWhole: boolean, sources: readonly Citation[], to: To): void {
    if (!isWhole && this.#last === undefined) return
    if (this.#open === "text" && !this.#isCited)
      for (const citation of sources) to({ kind: "citation", choice: this.choice, part: this.#parts - 1, citation })
    this.#settle(to)
    const { stop, detail } = readStop(this.#last ?? {}, !this.#calls.isEmpty, this.#hasRefusal)
    to({ kind: "stop", choice: this.choice, stop, ...(detail === undefined ? {} : { detail }) })
  }

  begin(begins: PartStart, to: To): number {
    this.#closePlain(to)
    this.#open = "call"
    to({ kind: "part", choice: this.choice, part: this.#parts, begins })
    return this.#parts++
  }

  end(to: To): void {
    this.#open = undefined
    to({ kind: "part-end", choice: this.choice, part: this.#parts - 1 })
  }

  #delta(delta: JsonObject, to: To): void {
    const { content } = delta
    const thoughts = delta.reasoning_content ?? delta.reasoning
    if (typeof thoughts === "string" && thoughts !== "") this.#reasoning(thoughts, delta, to)
    else if (isList(delta.reasoning_details)) for (const it of delta.reasoning_details) this.#detailOf(it, true, to)
    if (typeof content === "string") {
      if (content !== "") this.#text("text", TEXT, content, to)
    } else if (isList(content)) for (const it of content) this.#chunk(it, to)
    if (typeof delta.refusal === "string" && delta.refusal !== "") {
      this.#hasRefusal = true
      this.#text("refusal", REFUSAL, delta.refusal, to)
    }
    if (isList(delta.annotations)) this.#annotations(delta.annotations, to)
    if (delta.extra_content !== undefined) this.#signature(delta, to)
    const audio = objectOf(delta.audio)
    if (audio !== undefined) this.#audio(audio, to)
    for (const it of listOf(delta.images)) this.#image(it, to)
    if (isList(delta.tool_calls)) for (const it of delta.tool_calls) this.#calls.read(it, to)
    const legacy = objectOf(delta.function_call)
    if (legacy !== undefined) this.#calls.read({ index: 0, function: legacy }, to)
  }

  #text(kind: Plain, begins: PartStart, text: string, to: To): void {
    if (this.#open !== kind) this.#begin(kind, begins, to)
    to({ kind: "text", choice: this.choice, part: this.#parts - 1, text })
  }

  #begin(kind: Plain, begins: PartStart, to: To): void {
    this.#settle(to)
    this.#open = kind
    to({ kind: "part", choice: this.choice, part: this.#parts++, begins })
  }

  /** Ends what is open and gives what was held back. */
  #settle(to: To): void {
    this.#calls.finish(to)
    this.#closePlain(to)
  }

  #closePlain(to: To): void {
    if (this.#open === undefined || this.#open === "call") return
    if (this.#open === "reasoning") {
      this.#told.add(keyOf(undefined, this.#thoughts))
      this.#thoughts = ""
      this.#detail = undefined
      this.#isSealed = false
    }
    this.end(to)
  }

  /** Plain thoughts, with details in the same delta that tell whose they are and may seal them. */
  #reasoning(text: string, delta: JsonObject, to: To): void {
    const details = listOf(delta.reasoning_details)
    const first = objectOf(details[0])
    const index = numberOf(first?.index)
    if (
      this.#open === "reasoning" &&
      (this.#isSealed || (index !== undefined && index !== this.#detail && this.#detail !== undefined))
    )
      this.#closePlain(to)
    if (this.#open !== "reasoning") {
      this.#begin("reasoning", first === undefined ? REASONING : startOf(first), to)
      this.#detail = index
    }
    this.#thoughts += text
    to({ kind: "text", choice: this.choice, part: this.#parts - 1, text })
    for (const it of details) this.#detailOf(it, false, to)
  }

  /** @param withText whether its text is not told beside it: then it is new, unless it is the open part's, told again. */
  #detailOf(value: Json, withText: boolean, to: To): void {
    const told = objectOf(value)
    if (told === undefined) return
    const part = readDetail(value)
    const index = numberOf(told.index)
    if (part === undefined) {
      if (!withText) return
      // Nothing but who will sign what follows.
      this.#begin("reasoning", startOf(told), to)
      this.#detail = index
      return
    }
    const key = keyOf(part.signature ?? part.redacted, part.text)
    if (this.#told.has(key)) return
    if (part.redacted !== undefined) {
      this.#told.add(key)
      const { text, signature: _, ...begins } = part
      this.#begin("reasoning", begins, to)
      if (withText && text !== "") to({ kind: "text", choice: this.choice, part: this.#parts - 1, text })
      this.#isSealed = true
      return
    }
    const isAgain = this.#open === "reasoning" && part.text === this.#thoughts
    if (withText && part.text !== "" && !isAgain) {
      if (this.#open !== "reasoning" || this.#isSealed || (index !== undefined && index !== this.#detail)) {
        this.#begin("reasoning", startOf(told), to)
        this.#detail = index
      }
      this.#thoughts += part.text
      to({ kind: "text", choice: this.choice, part: this.#parts - 1, text: part.text })
    }
    if (part.signature === undefined) return
    if (this.#open !== "reasoning") this.#begin("reasoning", startOf(told), to)
    this.#told.add(keyOf(part.signature, this.#thoughts))
    this.#isSealed = true
    to({ kind: "signature", choice: this.choice, part: this.#parts - 1, signature: part.signature })
  }

  #chunk(value: Json, to: To): void {
    for (const it of readChunk(value)) {
      if (it.kind === "text") this.#text("text", TEXT, it.text, to)
      else if (it.kind === "reasoning") this.#reasoning(it.text, {}, to)
      else if (it.kind === "refusal") {
        this.#hasRefusal = true
        this.#text("refusal", REFUSAL, it.text, to)
      }
    }
  }

  #annotations(values: readonly Json[], to: To): void {
    for (const it of values) {
      const citation = readAnnotation(it)
      if (citation === undefined) continue
      this.#isCited = true
      if (this.#open !== "text") this.#begin("text", TEXT, to)
      to({ kind: "citation", choice: this.choice, part: this.#parts - 1, citation })
    }
  }

  #signature(delta: JsonObject, to: To): void {
    const signature = signatureOf(delta)
    if (signature === undefined) return
    if (this.#open !== "text") this.#begin("text", TEXT, to)
    to({ kind: "signature", choice: this.choice, part: this.#parts - 1, signature })
  }

  #audio(told: JsonObject, to: To): void {
    if (this.#open !== "made") {
      const id = textOf(told.id)
      const medium = { kind: "inline", type: AUDIO_TYPE, data: "" } as const
      this.#begin("made", { kind: "made", medium, ...(id === undefined ? {} : { id }) }, to)
    }
    const at = { choice: this.choice, part: this.#parts - 1 }
    const data = textOf(told.data) ?? ""
    const text = textOf(told.transcript) ?? ""
    if (text !== "") to({ kind: "text", ...at, text })
    if (data !== "") to({ kind: "data", ...at, data })
  }

  #image(value: Json, to: To): void {
    const image = readImage(value)
    if (image === undefined) return
    this.#begin("made", { kind: "made", medium: image.medium }, to)
    this.#closePlain(to)
  }
}

const keyOf = (seal: string | undefined, text: string): string => `${seal ?? ""}\n${text}`

/** What is known of a reasoning part from the first detail of it. */
function startOf(told: JsonObject): PartStart {
  const part = readDetail({ ...told, text: "-", signature: undefined, data: undefined })
  if (part === undefined) return REASONING
  const { text: _, ...begins } = part
  return begins
}
