import type { Check, Clause } from "../../../decision/check.ts"
import type { Source } from "../../../decision/source.ts"
import type { NonEmpty } from "../../../decision/value.ts"
import type { IdNames } from "../../files/entry-text.ts"
import type { FileTree, Reader } from "../../files/tree.ts"
import { type Walked, type Want, walk } from "../../files/walk.ts"
import { Gates } from "../../gates.ts"
import type { ServerRequest } from "../../request.ts"
import { fromBytes } from "../../values/bytes.ts"
import type { Seen, World } from "../access/world.ts"
import type { HttpdConfiguration } from "../configuration.ts"
import type { Server } from "../server.ts"
import type { Section } from "../settings/settings.ts"
import { evaluateFor } from "./asked.ts"
import type { About, Halt } from "./halt.ts"
import type { Running } from "./running.ts"

/** What stays the same while one request of a client is worked on. */
export class Exchange {
  readonly configuration: HttpdConfiguration
  readonly server: Server
  readonly tree: FileTree
  readonly reader: Reader
  readonly names: IdNames
  readonly request: ServerRequest
  /** The client's address after mod_remoteip. */
  readonly client: string
  /** `.htaccess` read so far, so that a directory's is the same section each time it is met. */
  readonly htaccess = new Map<string, Section | undefined>()
  /** What was looked at and held. */
  readonly held = new Set<string>()
  readonly headers: ReadonlyMap<string, string>
  readonly #gates = new Gates<World>()
  /** Requests made for this one so far, so that rewrites in a circle end. */
  requests = 0

  constructor(given: Pick<Exchange, "configuration" | "server" | "tree" | "reader" | "names" | "request" | "client">) {
    this.configuration = given.configuration
    this.server = given.server
    this.tree = given.tree
    this.reader = given.reader
    this.names = given.names
    this.request = given.request
    this.client = given.client
    this.headers = headersOf(given.request)
  }

  walk(path: string, want: Want): Walked {
    return walk(this.tree, this.reader, fromBytes(path), want)
  }

  /** Judges gates; where one does not hold, the refusal that it is. */
  refusal(
    running: Running,
    clauses: readonly Clause<World>[],
    about: Omit<About, "cause">,
    seen: ReadonlyMap<string, Seen> = NOTHING_SEEN,
  ): Halt | undefined {
    const verdict = this.decide(clauses, this.world(running, seen))
    if (verdict.kind !== "deny") return undefined
    const { code, failed, isByRule = false, status } = about
    return { kind: "refused", running, denial: verdict, status, code, failed, isByRule }
  }

  /** A refusal by a gate of one check on what the way came to, which is known not to hold. */
  barred(running: Running, checks: NonEmpty<Check<World>>, about: About, seen?: ReadonlyMap<string, Seen>): Halt {
    const { cause } = about
    const clause: Clause<World> = { stage: "access", cause, anyOf: checks, whenUnknown: { deny: cause } }
    const halt = this.refusal(running, [clause], about, seen)
    // A gate that holds where the way says it cannot is a fault of this program, and no reason to guess.
    return halt ?? { kind: "unknown", needs: [{ what: about.cause.code, why: "what speaks for it does not hold" }] }
  }

  decide(clauses: readonly Clause<World>[], world: World) {
    return this.#gates.decide(clauses, world)
  }

  world(running: Running, seen: ReadonlyMap<string, Seen> = NOTHING_SEEN): World {
    return {
      client: this.client,
      server: this.request.server,
      method: running.method,
      user: running.user,
      environment: [...running.environment.keys()],
      evaluate: (expression) => evaluateFor(this, running, expression),
      seen,
    }
  }
}

const NOTHING_SEEN: ReadonlyMap<string, Seen> = new Map()

function headersOf({ headers }: ServerRequest): ReadonlyMap<string, string> {
  const joined = new Map<string, string>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const before = joined.get(key)
    joined.set(key, before === undefined ? value : `${before}, ${value}`)
  }
  return joined
}

/** What httpd has built in stands nowhere. */
export const BUILT_IN: Source = { file: "httpd", path: "as it comes" }
