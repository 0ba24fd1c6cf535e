import type { StreamEvent } from "../form/events.ts"
import { FormFault } from "../form/fault.ts"
import { type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"
import { CandidateEvents } from "./candidate-events.ts"
import { FORMAT } from "./format.ts"
import { readBlocked } from "./stops.ts"
import { readUsage } from "./usage.ts"

/** More answers than any model gives; an index beyond would make as many choices. */
const MOST_CHOICES = 128
const READ: ReadonlySet<string> = new Set(["candidates", "usageMetadata", "modelVersion", "responseId", "createTime"])

/** Answers of `generateContent`, one or the many of a stream, as events. */
export class AnswerEvents {
  readonly #to: (event: StreamEvent) => void
  readonly #candidates: CandidateEvents[] = []
  readonly #extras = new Map<string, Json>()
  #isStarted = false
  #id = ""
  #calls = 0
  #blocked: string | undefined

  constructor(to: (event: StreamEvent) => void) {
    this.#to = to
  }

  /** Every answer of a stream says why its candidates stopped, or why there are none; what came is whole then. */
  get isWhole(): boolean {
    return this.#blocked !== undefined || (this.#candidates.length > 0 && this.#candidates.every((it) => it.hasStopped))
  }

  add(answer: JsonObject): void {
    if (!this.#isStarted) this.#start(answer)
    const candidates = listOf(answer.candidates)
    for (let at = 0; at < candidates.length; at++) {
      const candidate = objectOf(candidates[at])
      if (candidate !== undefined) this.#candidate(numberOf(candidate.index) ?? at).add(candidate)
    }
    const usage = readUsage(answer.usageMetadata)
    if (usage !== undefined) this.#to({ kind: "usage", usage })
    for (const name in answer) if (!READ.has(name)) this.#extras.set(name, answer[name] ?? null)
    const reason = textOf(objectOf(answer.promptFeedback)?.blockReason)
    if (reason !== undefined) this.#blocked = reason
  }

  finish(): void {
    for (const it of this.#candidates) it.finish()
    if (this.#blocked !== undefined && this.#candidates.length === 0) {
      const { stop, stopDetail } = readBlocked(this.#blocked)
      this.#to({ kind: "stop", choice: 0, stop, ...(stopDetail === undefined ? {} : { detail: stopDetail }) })
    }
    for (const [index, it] of this.#candidates.entries())
      for (const [name, value] of it.extras) this.#extras.set(extraName(name, index), value)
    const members = Object.fromEntries([...this.#extras].filter(([, it]) => it !== null))
    const isPlain = Object.keys(members).length === 0
    this.#to({ kind: "end", ...(isPlain ? {} : { extras: { format: FORMAT, members } }) })
  }

  #start(answer: JsonObject): void {
    this.#isStarted = true
    this.#id = textOf(answer.responseId) ?? `gemini-${crypto.randomUUID()}`
    const created = Date.parse(textOf(answer.createTime) ?? "")
    this.#to({
      kind: "start",
      id: this.#id,
      model: textOf(answer.modelVersion) ?? "",
      created: Number.isFinite(created) ? Math.floor(created / 1000) : 0,
    })
  }

  #candidate(index: number): CandidateEvents {
    if (!Number.isInteger(index) || index < 0 || index >= MOST_CHOICES)
      throw new FormFault("candidates[].index", `a whole number below ${MOST_CHOICES}`)
    for (let next = this.#candidates.length; next <= index; next++)
      this.#candidates.push(new CandidateEvents(next, () => `call_${this.#id}_${this.#calls++}`, this.#to))
    const found = this.#candidates[index]
    if (found === undefined) throw new Error(`there is no candidate ${index}`)
    return found
  }
}

/** Members of candidates by which an answer is usually told stand under their own name. */
const OF_CANDIDATE: ReadonlySet<string> = new Set([
  "avgLogprobs",
  "citationMetadata",
  "finishMessage",
  "groundingMetadata",
  "safetyRatings",
  "urlContextMetadata",
])

const extraName = (name: string, index: number): string =>
  index === 0 && OF_CANDIDATE.has(name) ? name : `candidates[${index}].${name}`

/** What of an answer's own members stands in which candidate; those of the answer itself have none. */
export function extraPlace(name: string): { readonly candidate: number | undefined; readonly name: string } {
  if (OF_CANDIDATE.has(name)) return { candidate: 0, name }
  if (!name.startsWith("candidates[")) return { candidate: undefined, name }
  const end = name.indexOf("].")
  return { candidate: Number(name.slice("candidates[".length, end)), name: name.slice(end + 2) }
}
