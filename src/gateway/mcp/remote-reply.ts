import { ServerFault } from "../../adapters/mcp/peer.ts"
import type { UpstreamFaultCode } from "../../http/fault.ts"
import type { Outcome } from "../../mcp/message.ts"
import type { Reply } from "./reply.ts"

/** What becomes of a reply in another thread. */
export type Told =
  | { readonly kind: "stream" | "accepted" | "ended" | "end" }
  | { readonly kind: "send"; readonly message: string }
  | { readonly kind: "finish"; readonly outcome: Outcome; readonly fields: string }
  | { readonly kind: "fail"; readonly code: UpstreamFaultCode; readonly seen: string }

/** A reply whose caller is another thread's. */
export class RemoteReply implements Reply {
  onGone: () => void = () => undefined
  isOver = false
  readonly #say: (told: Told) => void

  constructor(say: (told: Told) => void) {
    this.#say = say
  }

  gone(): void {
    if (this.isOver) return
    this.isOver = true
    this.onGone()
  }

  stream(): void {
    if (!this.isOver) this.#say({ kind: "stream" })
  }

  send(message: string): boolean {
    if (this.isOver) return false
    this.#say({ kind: "send", message })
    return true
  }

  finish(outcome: Outcome, fields = ""): void {
    this.#last({ kind: "finish", outcome, fields })
  }

  accepted(): void {
    this.#last({ kind: "accepted" })
  }

  ended(): void {
    this.#last({ kind: "ended" })
  }

  end(): void {
    this.#last({ kind: "end" })
  }

  fail(error: unknown): void {
    const { code, seen } = error instanceof ServerFault ? error : new ServerFault("malformed", String(error))
    this.#last({ kind: "fail", code, seen })
  }

  #last(told: Told): void {
    if (this.isOver) return
    this.isOver = true
    this.#say(told)
  }
}
