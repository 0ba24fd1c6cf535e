import type { PartStart, StreamEvent } from "../form/events.ts"
import { FormFault } from "../form/fault.ts"
import { type Json, type JsonObject, numberOf, objectOf, textOf } from "../json.ts"
import { argumentsOf, customCall, signatureOf } from "./call.ts"
import { JsonEnd } from "./json-end.ts"
import { madeCallId } from "./made-id.ts"

/** Where parts of a choice are numbered and one is open at a time. */
export interface PartSink {
  begin(begins: PartStart, to: (event: StreamEvent) => void): number
  end(to: (event: StreamEvent) => void): void
  readonly choice: number
  readonly answer: string
}

interface Call {
  readonly wire: number
  readonly isCustom: boolean
  id: string
  name: string
  /** All of them so far, and what of them has not been given yet. */
  arguments: string
  pending: string
  signature: string | undefined
  part: number
  state: "waits" | "open" | "ended"
  readonly end: JsonEnd
}

/**
 * The calls of one choice as their deltas come. OpenAI sends one after another, each with an index, the id and name first.
 * Others send ids or names late, repeat them, give all calls the index 0, or let calls overlap: then the later one is held
 * back until the arguments of the earlier one are complete JSON.
 */
export class CallsReader {
  readonly #calls: Call[] = []
  /** The first call that has not ended. */
  #at = 0
  readonly #sink: PartSink

  constructor(sink: PartSink) {
    this.#sink = sink
  }

  get isEmpty(): boolean {
    return this.#calls.length === 0
  }

  /** @throws FormFault where a call that has ended goes on. */
  read(value: Json, to: (event: StreamEvent) => void): void {
    const delta = objectOf(value)
    if (delta === undefined) return
    const custom = objectOf(delta.custom)
    const told = custom ?? objectOf(delta.function)
    const id = textOf(delta.id) ?? ""
    const name = textOf(told?.name) ?? ""
    const piece = custom === undefined ? argumentsOf(told?.arguments) : (textOf(custom.input) ?? "")
    const call = this.#find(numberOf(delta.index), id, name) ?? this.#add(delta, id, custom !== undefined)
    if (call.id === "") call.id = id
    if (call.name === "") call.name = name
    call.signature ??= signatureOf(delta)
    if (piece !== "" && !isRepeated(call, name, piece)) {
      if (call.state === "ended") {
        if (piece.trim() === "") return
        throw new FormFault(`choices[${this.#sink.choice}].delta.tool_calls`, "deltas of calls that have not ended")
      }
      call.arguments += piece
      call.pending += piece
      call.end.add(piece)
    }
    this.#give(to)
  }

  /** No call goes on: all that were held back are given. */
  finish(to: (event: StreamEvent) => void): void {
    for (; this.#at < this.#calls.length; this.#at++) {
      const call = this.#calls[this.#at]
      if (call === undefined) return
      if (call.id === "") call.id = madeCallId(this.#sink.answer, this.#sink.choice, this.#at)
      if (call.isCustom) this.#giveCustom(call, to)
      else {
        this.#advance(call, to)
        this.#sink.end(to)
      }
      call.state = "ended"
    }
  }

  /** The call a delta goes on with; undefined where it begins another. */
  #find(index: number | undefined, id: string, name: string): Call | undefined {
    const found =
      index === undefined
        ? (this.#calls.findLast((it) => id !== "" && it.id === id) ??
          (id === "" && name === "" ? this.#calls.at(-1) : undefined))
        : this.#calls.findLast((it) => it.wire === index)
    if (found === undefined || name === "") return found
    if (id === "") return found.id === "" && found.name !== "" && found.end.isReached ? undefined : found
    // An id that changes without a name is that of a provider that makes a new one for each delta.
    return found.id === "" || found.id === id ? found : (this.#calls.findLast((it) => it.id === id) ?? undefined)
  }

  #add(delta: JsonObject, id: string, isCustom: boolean): Call {
    const call: Call = {
      wire: numberOf(delta.index) ?? -1,
      isCustom,
      id,
      name: "",
      arguments: "",
      pending: "",
      signature: undefined,
      part: 0,
      state: "waits",
      end: new JsonEnd(),
    }
    this.#calls.push(call)
    return call
  }

  #give(to: (event: StreamEvent) => void): void {
    for (;;) {
      const call = this.#calls[this.#at]
      if (call === undefined) return
      if (!call.isCustom && (call.state === "open" || (call.id !== "" && call.name !== ""))) this.#advance(call, to)
      // The newest may go on; of an earlier one what is still to come shows in its arguments.
      if (this.#at === this.#calls.length - 1 || call.id === "" || call.name === "") return
      if (call.isCustom) this.#giveCustom(call, to)
      else {
        if (!call.end.isReached) return
        this.#sink.end(to)
      }
      call.state = "ended"
      this.#at++
    }
  }

  #advance(call: Call, to: (event: StreamEvent) => void): void {
    if (call.state === "waits") {
      call.part = this.#sink.begin({ kind: "tool-call", id: call.id, name: call.name }, to)
      call.state = "open"
    }
    const at = { choice: this.#sink.choice, part: call.part }
    if (call.pending !== "") to({ kind: "text", choice: at.choice, part: at.part, text: call.pending })
    call.pending = ""
    if (call.signature === undefined) return
    to({ kind: "signature", choice: at.choice, part: at.part, signature: call.signature })
    call.signature = undefined
  }

  #giveCustom(call: Call, to: (event: StreamEvent) => void): void {
    this.#sink.begin({ kind: "opaque", part: customCall(call.id, call.name, call.arguments) }, to)
    this.#sink.end(to)
  }
}

/** Some providers end with the whole call once more. */
const isRepeated = (call: Call, name: string, piece: string): boolean =>
  piece === call.arguments && (call.state === "ended" || name !== "") && call.end.isReached
