import { isObject, type Json, type JsonObject, listAt, own, textAt } from "./json.ts"
import type { NamedServer, Names } from "./names.ts"

/** What a server says, with the names callers know. Whatever holds no name is passed on as it came. */
export class PublicForm<S extends NamedServer> {
  readonly #names: Names<S>
  readonly #server: S

  constructor(names: Names<S>, server: S) {
    this.#names = names
    this.#server = server
  }

  /** An entry of `tools/list` or `prompts/list`; undefined where its name is missing or would be another server's. */
  named(entry: unknown): JsonObject | undefined {
    const name = isObject(entry) ? textAt(entry, "name") : undefined
    const known = name === undefined ? undefined : this.#names.publicName(this.#server, name)
    return known === undefined || !isObject(entry) ? undefined : { ...entry, name: known }
  }

  /** An entry of `resources/list` (`uri`) or `resources/templates/list` (`uriTemplate`). */
  located(entry: unknown, member: "uri" | "uriTemplate"): JsonObject | undefined {
    const uri = isObject(entry) ? textAt(entry, member) : undefined
    return uri === undefined || !isObject(entry) ? undefined : { ...entry, [member]: this.#uri(uri) }
  }

  /** The result of a call, a prompt or a reading. */
  result(method: string, result: JsonObject): JsonObject {
    if (this.#server.prefix === "") return result
    switch (method) {
      case "tools/call":
        return this.#mapped(result, "content", (it) => this.#content(it))
      case "prompts/get":
        return this.#mapped(result, "messages", (it) =>
          isObject(it) ? { ...it, content: this.#content(own(it, "content") ?? null) } : it,
        )
      case "resources/read":
        return this.#mapped(result, "contents", (it) => this.located(it, "uri") ?? it)
      default:
        return result
    }
  }

  notification(method: string, params: JsonObject): JsonObject {
    return method === "notifications/resources/updated" ? (this.located(params, "uri") ?? params) : params
  }

  #mapped(result: JsonObject, member: string, change: (entry: Json) => Json): JsonObject {
    const entries = own(result, member)
    return Array.isArray(entries) ? { ...result, [member]: listAt(result, member).map(change) } : result
  }

  #content(block: Json): Json {
    if (!isObject(block)) return block
    const type = textAt(block, "type")
    if (type === "resource_link") return this.located(block, "uri") ?? block
    const resource = own(block, "resource")
    return type === "resource" && resource !== undefined
      ? { ...block, resource: this.located(resource, "uri") ?? resource }
      : block
  }

  #uri(uri: string): string {
    return this.#names.publicUri(this.#server, uri)
  }
}
