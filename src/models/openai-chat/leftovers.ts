import type { ChatRequest } from "../form/request.ts"
import { isObject, type Json, type JsonObject } from "../json.ts"
import { isChat } from "./own.ts"

/**
 * Members of a request that the form has no place for. Those of the body stand under their names; those inside messages under
 * a path, `messages[].prefix`, so that other formats name them as lost and this one does too.
 */
export class Leftovers {
  readonly #members: Record<string, Json> = {}

  /** Keeps what is not `known`; null is no value. */
  take(value: Json | undefined, known: ReadonlySet<string>, path: string): void {
    if (!isObject(value)) return
    for (const name in value) {
      const member = value[name]
      if (member !== undefined && member !== null && !known.has(name)) this.keep(path + name, member)
    }
  }

  keep(path: string, value: Json): void {
    if (!Object.hasOwn(this.#members, path)) Object.defineProperty(this.#members, path, { value, ...PLAIN })
  }

  get extras(): Pick<ChatRequest, "extras"> {
    if (Object.keys(this.#members).length === 0) return {}
    return { extras: { format: "openai-chat", members: this.#members } }
  }
}

/** Defined rather than assigned, since a caller may name a member `__proto__`. */
const PLAIN = { enumerable: true, writable: true, configurable: true } as const

/** Whether an extra stands in the body itself. */
export const isOfBody = (name: string): boolean => !name.includes("[]")

/** Extras of this format; undefined for none and for another format's. */
export const ownExtras = ({ extras }: ChatRequest): JsonObject | undefined =>
  extras !== undefined && isChat(extras.format) ? extras.members : undefined
