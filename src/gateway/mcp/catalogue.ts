import { type Link, OURSELVES } from "../../adapters/mcp/link.ts"
import type { Peer } from "../../adapters/mcp/peer.ts"
import { wholeList } from "../../adapters/mcp/whole-list.ts"
import { isObject, type JsonObject, textAt } from "../../mcp/json.ts"
import { META, STATELESS } from "../../mcp/revision.ts"

/** Milliseconds a list is taken for what there is, and before a missing name is looked for again. */
const FRESH = 30_000
const TO_ASK_AGAIN = 1000

/** The tools of one server as it was last asked, by its own names. */
export class Catalogue {
  readonly #link: Link
  #tools: Promise<ReadonlyMap<string, JsonObject>> | undefined
  #at = 0

  constructor(link: Link) {
    this.#link = link
    this.#tools = undefined
  }

  /** Asks again where the tool is not among those known, as it may be new. @throws ServerFault */
  async withTool(name: string): Promise<ReadonlyMap<string, JsonObject>> {
    const known = await this.#read(FRESH)
    return known.has(name) ? known : this.#read(TO_ASK_AGAIN)
  }

  forget(): void {
    this.#tools = undefined
  }

  #read(fresh: number): Promise<ReadonlyMap<string, JsonObject>> {
    if (this.#tools === undefined || Date.now() - this.#at > fresh) {
      this.#at = Date.now()
      const asked = this.#ask()
      this.#tools = asked
      asked.catch(() => {
        if (this.#tools === asked) this.#tools = undefined
      })
    }
    return this.#tools
  }

  async #ask(): Promise<ReadonlyMap<string, JsonObject>> {
    const peer = await this.#link.shared()
    const { entries } = await wholeList(peer, "tools/list", "tools", ownMeta(peer))
    const tools = new Map<string, JsonObject>()
    for (const it of entries) {
      const name = isObject(it) ? textAt(it, "name") : undefined
      if (name !== undefined && isObject(it)) tools.set(name, it)
    }
    return tools
  }
}

/** What the gateway says of itself where it asks for itself. */
export const ownMeta = (peer: Peer): JsonObject =>
  peer.era === "sessions"
    ? {}
    : { [META.version]: STATELESS, [META.capabilities]: {}, [META.clientInfo]: OURSELVES.clientInfo }
