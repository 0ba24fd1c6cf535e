import type { ChatRequest } from "../form/request.ts"

const FITTING = /^[a-zA-Z0-9_-]+$/

/**
 * Ids of tool calls as Anthropic and Bedrock take them, which refuse other characters; Bedrock's have at most 64. Ids that fit
 * stay; each other one gets a number, always the same one in the same conversation, so that prompt caches still match.
 */
export class CallIds {
  readonly #most: number
  readonly #taken = new Set<string>()
  readonly #given = new Map<string, string>()

  constructor(request: ChatRequest, most: number) {
    this.#most = most
    for (const id of idsIn(request)) if (this.#fits(id)) this.#taken.add(id)
  }

  of(id: string): string {
    if (this.#fits(id)) return id
    const known = this.#given.get(id)
    if (known !== undefined) return known
    let made = `call_${this.#given.size + 1}`
    while (this.#taken.has(made)) made = `${made}_`
    this.#given.set(id, made)
    this.#taken.add(made)
    return made
  }

  #fits(id: string): boolean {
    return id.length <= this.#most && FITTING.test(id)
  }
}

function* idsIn({ turns }: ChatRequest): Generator<string> {
  for (const turn of turns) {
    if (turn.role === "assistant") for (const part of turn.parts) if (part.kind === "tool-call") yield part.id
    if (turn.role === "tool") for (const result of turn.results) yield result.id
  }
}
