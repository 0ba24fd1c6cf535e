import { type JsonObject, objectAt, textAt } from "./json.ts"

/** What a request is about, by the name callers use. */
export interface AskedFor {
  readonly kind: "tool" | "prompt" | "resource"
  readonly name: string
}

/**
 * What a request is about; undefined for methods that are about nothing in particular, and where the name is missing. By the
 * method alone: that a call of a tool also has a member `uri` says nothing of whose tool it is.
 */
export function askedFor(method: string, params: JsonObject): AskedFor | undefined {
  switch (method) {
    case "tools/call":
      return named("tool", textAt(params, "name"))
    case "prompts/get":
      return named("prompt", textAt(params, "name"))
    case "resources/read":
    case "resources/subscribe":
    case "resources/unsubscribe":
      return named("resource", textAt(params, "uri"))
    case "completion/complete": {
      const ref = objectAt(params, "ref") ?? {}
      const type = textAt(ref, "type")
      if (type === "ref/prompt") return named("prompt", textAt(ref, "name"))
      return type === "ref/resource" ? named("resource", textAt(ref, "uri")) : undefined
    }
    default:
      return undefined
  }
}

/** The same request by the server's own name for it, and by no other. */
export function renamed(method: string, params: JsonObject, { kind }: AskedFor, name: string): JsonObject {
  if (method !== "completion/complete") return { ...params, [kind === "resource" ? "uri" : "name"]: name }
  const { name: _, uri: __, ...ref } = objectAt(params, "ref") ?? {}
  return { ...params, ref: { ...ref, [kind === "resource" ? "uri" : "name"]: name } }
}

const named = (kind: AskedFor["kind"], name: string | undefined): AskedFor | undefined =>
  name === undefined ? undefined : { kind, name }
