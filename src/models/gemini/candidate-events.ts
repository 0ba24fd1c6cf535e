import type { PartStart, StreamEvent } from "../form/events.ts"
import { type Json, type JsonObject, listOf, objectOf, textOf } from "../json.ts"
import { readCitations, readGrounding } from "./citations.ts"
import { FORMAT } from "./format.ts"
import { readLogprobs } from "./logprobs.ts"
import { readStop } from "./stops.ts"

/** A part without these says something only this format knows. */
const DATA = ["inlineData", "fileData"] as const
const BESIDE: ReadonlySet<string> = new Set(["thought", "thoughtSignature", "videoMetadata", "mediaResolution"])
/** Members of a candidate that are read or that the form has no use for. */
const READ: ReadonlySet<string> = new Set([
  "content",
  "finishReason",
  "index",
  "logprobsResult",
  "citationMetadata",
  "tokenCount",
])

interface OpenText {
  readonly kind: "text" | "reasoning"
  readonly part: number
  text: string
}

/** One candidate as events: texts of one kind that follow each other are one part, whether they come in chunks or together. */
export class CandidateEvents {
  readonly #choice: number
  /** A name for calls without an id. */
  readonly #made: () => string
  readonly #to: (event: StreamEvent) => void
  #count = 0
  #open: OpenText | undefined
  #called = false
  #reason: string | undefined
  /** Members that only this format knows, by name. */
  readonly extras = new Map<string, Json>()

  constructor(choice: number, made: () => string, to: (event: StreamEvent) => void) {
    this.#choice = choice
    this.#made = made
    this.#to = to
  }

  get hasStopped(): boolean {
    return this.#reason !== undefined
  }

  add(candidate: JsonObject): void {
    const content = objectOf(candidate.content)
    for (const it of listOf(content?.parts)) this.#part(objectOf(it) ?? {})
    for (const name in candidate) if (!READ.has(name)) this.extras.set(name, candidate[name] ?? null)
    if (candidate.logprobsResult !== undefined) {
      const tokens = readLogprobs(candidate.logprobsResult)
      if (tokens.length > 0) this.#to({ kind: "logprobs", choice: this.#choice, tokens })
    }
    this.#cite(objectOf(candidate.citationMetadata), objectOf(candidate.groundingMetadata))
    // Some models tell a reason in every chunk; the last one counts.
    this.#reason = textOf(candidate.finishReason) ?? this.#reason
  }

  finish(): void {
    this.#close()
    if (this.#reason === undefined) return
    const { stop, stopDetail } = readStop(this.#reason, this.#called)
    const detail = stopDetail === undefined ? {} : { detail: stopDetail }
    this.#to({ kind: "stop", choice: this.#choice, stop, ...detail })
  }

  #part(part: JsonObject): void {
    const { text, thoughtSignature } = part
    const signature = typeof thoughtSignature === "string" && thoughtSignature !== "" ? thoughtSignature : undefined
    if (typeof text === "string") {
      if (text === "" && signature === undefined) return
      const open = this.#textPart(part.thought === true ? "reasoning" : "text")
      open.text += text
      if (text !== "") this.#to({ kind: "text", choice: this.#choice, part: open.part, text })
      if (signature !== undefined) this.#sign(open.part, signature)
      return
    }
    const call = objectOf(part.functionCall)
    if (call !== undefined) this.#call(call, signature)
    else this.#other(part, signature)
  }

  #textPart(kind: "text" | "reasoning"): OpenText {
    if (this.#open?.kind === kind) return this.#open
    this.#close()
    const part = this.#count++
    const begins = kind === "text" ? { kind } : { kind, format: FORMAT }
    this.#to({ kind: "part", choice: this.#choice, part, begins })
    const open = { kind, part, text: "" }
    this.#open = open
    return open
  }

  #sign(part: number, signature: string): void {
    this.#to({ kind: "signature", choice: this.#choice, part, signature })
    this.#close()
  }

  #call(call: JsonObject, signature: string | undefined): void {
    this.#close()
    this.#called = true
    const part = this.#count++
    const choice = this.#choice
    const id = textOf(call.id) || this.#made()
    this.#to({ kind: "part", choice, part, begins: { kind: "tool-call", id, name: textOf(call.name) ?? "" } })
    const args = objectOf(call.args)
    if (args !== undefined) this.#to({ kind: "text", choice, part, text: JSON.stringify(args) })
    if (signature !== undefined) this.#to({ kind: "signature", choice, part, signature })
    this.#to({ kind: "part-end", choice, part })
  }

  #other(part: JsonObject, signature: string | undefined): void {
    const what = Object.keys(part).find((it) => !BESIDE.has(it))
    if (what === undefined) {
      // A signature alone is one of what was said before.
      if (signature !== undefined) this.#sign(this.#textPart("text").part, signature)
      return
    }
    this.#close()
    const kind = DATA.find((it) => it === what)
    const medium = kind === undefined ? undefined : readMedium(objectOf(part[kind]))
    const at = { choice: this.#choice, part: this.#count++ }
    const begins: PartStart =
      medium === undefined
        ? { kind: "opaque", part: { kind: "opaque", format: FORMAT, what, value: part } }
        : { kind: "made", medium }
    this.#to({ kind: "part", ...at, begins })
    this.#to({ kind: "part-end", ...at })
    // What signs an image has no place beside it in the form: it follows, on a text without words.
    if (medium !== undefined && signature !== undefined) this.#sign(this.#textPart("text").part, signature)
  }

  #cite(metadata: JsonObject | undefined, grounding: JsonObject | undefined): void {
    if (metadata === undefined && grounding === undefined) return
    const open = this.#open
    if (open?.kind !== "text") {
      // Nothing is open that they could be of.
      if (metadata !== undefined) this.extras.set("citationMetadata", metadata)
      return
    }
    const found = [
      ...(metadata === undefined ? [] : readCitations(metadata, open.text)),
      ...(grounding === undefined ? [] : readGrounding(grounding, open.text)),
    ]
    for (const citation of found) this.#to({ kind: "citation", choice: this.#choice, part: open.part, citation })
  }

  #close(): void {
    if (this.#open !== undefined) this.#to({ kind: "part-end", choice: this.#choice, part: this.#open.part })
    this.#open = undefined
  }
}

function readMedium(data: JsonObject | undefined) {
  const type = textOf(data?.mimeType)
  const bytes = textOf(data?.data)
  if (bytes !== undefined) return { kind: "inline" as const, type: type ?? "application/octet-stream", data: bytes }
  const url = textOf(data?.fileUri)
  return url === undefined ? undefined : { kind: "address" as const, url, ...(type === undefined ? {} : { type }) }
}
