import type { Place } from "../form/place.ts"
import type { ChatRequest } from "../form/request.ts"
import type { Json } from "../json.ts"

/**
 * Members of a request that have no place in the form, by their path (`container`, `output_config.task_budget`,
 * `messages[0].content[1].transformations`), so that writers can name what they leave out.
 */
export class Unread {
  readonly #members: [path: string, value: Json][] = []

  /** Takes up what is not among `known`. Null reads as absent. */
  beside(place: Place, known: readonly string[]): void {
    for (const [name, value] of Object.entries(place.object()))
      if (value !== undefined && value !== null && !known.includes(name)) this.keep(place.at(name).path, value)
  }

  keep(path: string, value: Json): void {
    this.#members.push([path, value])
  }

  extras(): NonNullable<ChatRequest["extras"]> | undefined {
    if (this.#members.length === 0) return undefined
    return { format: "anthropic", members: Object.fromEntries(this.#members) }
  }
}
