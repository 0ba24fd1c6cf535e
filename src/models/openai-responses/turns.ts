import type { AnswerPart, TextPart, ToolResult, Turn, UserPart } from "../form/content.ts"

/** Turns as they are gathered from a flat list of items: what a model says in a row is one turn, results in a row are one. */
export class Turns {
  readonly #turns: Turn[] = []
  #said: AnswerPart[] | undefined
  #results: ToolResult[] | undefined
  /** Names of tools by the id of the call. */
  readonly #calls = new Map<string, string>()

  get list(): readonly Turn[] {
    return this.#turns
  }

  user(parts: readonly UserPart[]): void {
    this.#next({ role: "user", parts })
  }

  system(parts: readonly TextPart[]): void {
    this.#next({ role: "system", parts })
  }

  say(...parts: readonly AnswerPart[]): void {
    if (this.#said === undefined) {
      const said: AnswerPart[] = []
      this.#next({ role: "assistant", parts: said })
      this.#said = said
    }
    for (const it of parts) {
      this.#said.push(it)
      if (it.kind === "tool-call") this.#calls.set(it.id, it.name)
    }
  }

  /** A signature of what was said last. False where there is nothing it could be of. */
  sign(signature: string): boolean {
    const last = this.#said?.pop()
    if (last === undefined) return false
    const isSignable = last.kind === "text" || last.kind === "tool-call"
    this.#said?.push(isSignable ? { ...last, signature } : last)
    return isSignable
  }

  result(result: ToolResult): void {
    if (this.#results === undefined) {
      const results: ToolResult[] = []
      this.#next({ role: "tool", results })
      this.#results = results
    }
    const name = result.name ?? this.#calls.get(result.id)
    this.#results.push(name === undefined ? result : { ...result, name })
  }

  #next(turn: Turn): void {
    this.#turns.push(turn)
    this.#said = undefined
    this.#results = undefined
  }
}
