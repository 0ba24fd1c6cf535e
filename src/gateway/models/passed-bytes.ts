import type { ResponseHead } from "../../http/head.ts"
import type { Attempt } from "./attempt.ts"
import type { Intake } from "./intake.ts"
import type { ModelCall } from "./model-call.ts"
import { passedAnswerLines } from "./provider-lines.ts"

/** An answer that is no text (a sound), passed on as it comes. */
export class PassedBytes implements Intake {
  readonly #owner: ModelCall
  readonly #attempt: Attempt
  readonly #head: ResponseHead

  constructor(owner: ModelCall, attempt: Attempt, head: ResponseHead) {
    this.#owner = owner
    this.#attempt = attempt
    this.#head = head
  }

  take(bytes: Uint8Array): void {
    this.#begin()
    this.#owner.write(bytes)
  }

  end(): void {
    this.#begin()
    this.#owner.finish(this.#head.status, undefined)
  }

  #begin(): void {
    const { status, fields } = this.#head
    if (!this.#owner.hasBegun) this.#owner.begin(this.#attempt, status, passedAnswerLines(fields), undefined)
  }
}
