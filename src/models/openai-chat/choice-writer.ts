import type { Stop } from "../form/answer.ts"
import type { Citation, Medium, ReasoningPart } from "../form/content.ts"
import type { PartStart } from "../form/events.ts"
import type { Losses } from "../form/losses.ts"
import type { JsonObject } from "../json.ts"
import { writeAnnotation } from "./annotations.ts"
import { isImage, isOwn } from "./answer-parts.ts"
import { signed } from "./call.ts"
import { writeImage } from "./made-media.ts"
import { isSealed, withThought, writeDetail } from "./reasoning-details.ts"
import { writeStop } from "./stops.ts"

const DELTA_END = '},"logprobs":null,"finish_reason":null}]}\n\n'

/** One choice of a stream that is written. */
export class ChoiceWriter {
  /** A chunk up to its delta's first member. */
  readonly #head: string
  readonly #legacy: boolean
  readonly #losses: Losses
  #hasRole = false
  #part: PartStart | undefined
  /** The chunk of a piece of text of the open part: what is before the text, and after it. */
  #before = ""
  #after = DELTA_END
  /** Of what is open, its text so far, where more has to be made of it. */
  #text = ""
  #data = ""
  #signature: string | undefined
  /** All thoughts so far: clients that keep the last `reasoning_details` they see keep all. */
  #thoughts: readonly ReasoningPart[] = []
  #contentLength = 0
  #partLength = 0
  #calls = 0
  #stop: { readonly stop: Stop; readonly stopDetail?: string } | undefined
  hasRefusal = false

  constructor(index: number, head: string, legacy: boolean, losses: Losses) {
    this.#head = `${head},"choices":[{"index":${index},"delta":{`
    this.#legacy = legacy
    this.#losses = losses
  }

  text(text: string): string {
    const part = this.#part
    if (part?.kind === "text" || part?.kind === "tool-call") this.#partLength += text.length
    else if (part?.kind === "reasoning") this.#text += text
    else if (part?.kind === "made" && this.#before === "") {
      this.#losses.drop("transcript of an image", "OpenAI's images have none")
      return ""
    }
    if (this.#before === "") return ""
    return `${this.#before}${JSON.stringify(text)}${this.#after}`
  }

  begin(part: PartStart): string {
    this.#part = part
    this.#before = ""
    this.#after = DELTA_END
    this.#text = ""
    this.#data = ""
    this.#signature = undefined
    switch (part.kind) {
      case "text":
        this.#partLength = 0
        this.#before = `${this.#head}"content":`
        return this.#role()
      case "reasoning":
        return this.#beginReasoning(part)
      case "refusal":
        this.hasRefusal = true
        this.#before = `${this.#head}"refusal":`
        return this.#role()
      case "tool-call":
        return this.#beginCall(part.id, part.name)
      case "made":
        return this.#beginMade(part.medium, part.id)
      case "opaque": {
        if (!isOwn(part.part, this.#losses)) return this.#role()
        return this.#role() + this.#delta({ tool_calls: [{ index: this.#calls++, ...part.part.value }] })
      }
    }
  }

  end(): string {
    const part = this.#part
    const before = this.#before
    this.#part = undefined
    this.#before = ""
    // Callers parse the arguments: none are told as an empty object.
    if (part?.kind === "tool-call" && this.#partLength === 0 && before !== "") return `${before}"{}"${this.#after}`
    if (part?.kind === "text") this.#contentLength += this.#partLength
    if (part?.kind === "made" && isImage(part.medium)) return this.#endImage(part.medium)
    if (part?.kind !== "reasoning") return ""
    const signature = this.#signature
    const thought = { ...part, text: this.#text, ...(signature === undefined ? {} : { signature }) }
    this.#thoughts = withThought(this.#thoughts, thought)
    return this.#thoughts.some(isSealed) ? this.#delta({ reasoning_details: this.#thoughts.map(writeDetail) }) : ""
  }

  signature(signature: string): string {
    switch (this.#part?.kind) {
      case "reasoning":
        this.#signature = signature
        return ""
      case "tool-call":
        if (this.#legacy) return ""
        return this.#delta({ tool_calls: [{ index: this.#calls - 1, ...signed(signature) }] })
      default:
        return this.#delta(signed(signature))
    }
  }

  citation(citation: Citation): string {
    const annotation = writeAnnotation(citation, this.#contentLength, this.#partLength, this.#losses)
    return annotation === undefined ? "" : this.#delta({ annotations: [annotation] })
  }

  data(data: string): string {
    if (this.#before !== "") return this.#delta({ audio: { data } })
    this.#data += data
    return ""
  }

  logprobs(logprobs: JsonObject): string {
    return `${this.#role()}${this.#head}},"logprobs":${JSON.stringify(logprobs)},"finish_reason":null}]}\n\n`
  }

  stop(stop: Stop, detail: string | undefined): void {
    this.#stop = { stop, ...(detail === undefined ? {} : { stopDetail: detail }) }
  }

  /** @param tail what ends the chunk after its choices. */
  finish(tail: string): string {
    if (this.#stop === undefined) return ""
    const reason = JSON.stringify(writeStop(this.#stop, this.hasRefusal, this.#legacy, this.#losses)).slice(1)
    return `${this.#role()}${this.#head}},"logprobs":null,${reason}]${tail}`
  }

  /** The chunk that tells the role, before all others. */
  #role(content: "" | null = ""): string {
    if (this.#hasRole) return ""
    this.#hasRole = true
    return `${this.#head}"role":"assistant","content":${JSON.stringify(content)},"refusal":null${DELTA_END}`
  }

  #delta(members: JsonObject): string {
    return `${this.#head}${JSON.stringify(members).slice(1, -1)}${DELTA_END}`
  }

  #beginReasoning(part: Extract<PartStart, { readonly kind: "reasoning" }>): string {
    this.#before = `${this.#head}"reasoning_content":`
    // Who will sign is told first: the signature itself comes when the part has ended.
    if (part.redacted !== undefined || !isSealed(part)) return this.#role()
    const detail = writeDetail({ ...part, text: "" }, this.#thoughts.length)
    return this.#role() + this.#delta({ reasoning_details: [detail] })
  }

  #beginCall(id: string, name: string): string {
    this.#partLength = 0
    const role = this.#role(null)
    const index = this.#calls++
    if (this.#legacy) {
      if (index > 0) {
        this.#losses.drop("calls after the first", "the caller asked with functions, of which one is called")
        return role
      }
      this.#before = `${this.#head}"function_call":{"arguments":`
      this.#after = `}${DELTA_END}`
      return role + this.#delta({ function_call: { name, arguments: "" } })
    }
    this.#before = `${this.#head}"tool_calls":[{"index":${index},"function":{"arguments":`
    this.#after = `}}]${DELTA_END}`
    return role + this.#delta({ tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] })
  }

  #beginMade(medium: Medium, id: string | undefined): string {
    if (isImage(medium)) return this.#role()
    if (medium.kind !== "inline" || !medium.type.startsWith("audio/")) {
      this.#losses.drop("made media", "OpenAI's messages hold one sound and images with an address")
      return this.#role()
    }
    this.#before = `${this.#head}"audio":{"transcript":`
    this.#after = `}${DELTA_END}`
    const data = medium.data === "" ? {} : { data: medium.data }
    return this.#role() + this.#delta({ audio: { id: id ?? "audio", ...data } })
  }

  #endImage(medium: Medium): string {
    const whole = medium.kind === "inline" ? { ...medium, data: medium.data + this.#data } : medium
    const image = writeImage(whole)
    if (image !== undefined) return this.#delta({ images: [image] })
    this.#losses.drop("made media", "OpenAI's messages hold one sound and images with an address")
    return ""
  }
}
