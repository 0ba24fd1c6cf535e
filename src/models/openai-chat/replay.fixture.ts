import type { Outbound } from "../codec.ts"
import { cutAt } from "../form/any.fixture.ts"
import type { StreamEvent } from "../form/events.ts"
import { Fold, type Folded } from "../form/fold.ts"

/** What the events of a stream come to, its bytes given in these pieces. @throws where a law of events is broken. */
export function replay({ reader }: Outbound, pieces: readonly Uint8Array[]): Folded {
  const fold = new Fold()
  const laws = new Laws()
  const it = reader()
  const to = (event: StreamEvent): void => {
    laws.add(event)
    fold.add(event)
  }
  for (const piece of pieces) it.read(piece, to)
  it.close(to)
  return fold.result()
}

/** As `replay`, and again split in two at every place and byte by byte, which has to come to the same. */
export function replaySplit(outbound: Outbound, text: string): Folded {
  const bytes = Buffer.from(text)
  const whole = replay(outbound, [bytes])
  const expected = JSON.stringify(whole)
  const splits = [...bytes.keys()].map((at) => cutAt(bytes, [at]))
  for (const pieces of [...splits, [...bytes].map((it) => Uint8Array.of(it))])
    if (JSON.stringify(replay(outbound, pieces)) !== expected) throw new Error("another split comes to something else")
  return whole
}

/** The laws of `StreamEvent`. */
class Laws {
  #began = false
  #over = false
  readonly #open = new Map<number, number>()
  readonly #next = new Map<number, number>()
  readonly #stopped = new Set<number>()

  add(event: StreamEvent): void {
    this.#check(!this.#over, `nothing follows the end, but ${event.kind}`)
    if (event.kind !== "error")
      this.#check(this.#began === (event.kind !== "start"), `start is first, not ${event.kind}`)
    if (event.kind === "start") this.#began = true
    if (event.kind === "end" || event.kind === "error") this.#over = true
    if ("part" in event) this.#part(event)
    if (event.kind !== "stop") return
    this.#check(!this.#open.has(event.choice) && !this.#stopped.has(event.choice), "stop comes once, after the parts")
    this.#stopped.add(event.choice)
  }

  #part({ kind, choice, part }: Extract<StreamEvent, { readonly part: number }>): void {
    this.#check(!this.#stopped.has(choice), "parts come before stop")
    if (kind !== "part") {
      this.#check(this.#open.get(choice) === part, `part ${part} is open for ${kind}`)
      if (kind === "part-end") this.#open.delete(choice)
      return
    }
    const next = this.#next.get(choice) ?? 0
    this.#check(!this.#open.has(choice) && next === part, `part ${part} begins in its turn`)
    this.#next.set(choice, next + 1)
    this.#open.set(choice, part)
  }

  #check(holds: boolean, law: string): void {
    if (!holds) throw new Error(`a law of events is broken: ${law}`)
  }
}
