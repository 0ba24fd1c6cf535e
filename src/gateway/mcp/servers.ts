import type { Link } from "../../adapters/mcp/link.ts"
import { type NamedServer, Names } from "../../mcp/names.ts"
import { PublicForm } from "../../mcp/public-form.ts"
import type { Catalogue } from "./catalogue.ts"

/** A server, the way to it, and what it was last seen to offer. */
export interface ServerEntry extends NamedServer {
  readonly link: Link
  readonly catalogue: Catalogue
}

/** All servers of one plan, and whose a name is. */
export class Servers {
  readonly all: readonly ServerEntry[]
  readonly names: Names<ServerEntry>
  readonly #forms: ReadonlyMap<ServerEntry, PublicForm<ServerEntry>>

  constructor(all: readonly ServerEntry[]) {
    this.all = all
    this.names = new Names(all)
    this.#forms = new Map(all.map((it) => [it, new PublicForm(this.names, it)]))
  }

  named(name: string): ServerEntry | undefined {
    return this.all.find((it) => it.name === name)
  }

  form(server: ServerEntry): PublicForm<ServerEntry> {
    return this.#forms.get(server) ?? new PublicForm(this.names, server)
  }
}
