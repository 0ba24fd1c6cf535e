import { readFact } from "../../../decision/fact.ts"
import type { Source } from "../../../decision/source.ts"
import { UNKNOWN, type Unknown, type Value } from "../../../decision/value.ts"
import type { Expression } from "../settings/expression.ts"
import { methodOf } from "../settings/methods.ts"
import { isInside } from "./network.ts"

/** One request as the gates on its way see it. */
export interface World {
  /** As httpd takes it to be, after mod_remoteip. */
  readonly client: string
  /** Of the listener; undefined where nobody said. */
  readonly server: string | undefined
  readonly method: string
  /** Who was proven to ask; undefined before that. */
  readonly user: string | undefined
  /** Names of the variables set so far. */
  readonly environment: readonly string[]
  evaluate(expression: Expression): boolean | Unknown
  /** What the way so far came to, by the name of a fact, and where that is written. */
  readonly seen: ReadonlyMap<string, Seen>
}

export interface Seen {
  readonly value: Value | Unknown
  readonly source?: Source | undefined
}

const shown = { since: "wire", shownTo: "operator" } as const

export const clientAddress = readFact<string, World>({
  ...shown,
  name: "client.address",
  party: "caller",
  read: (world) => world.client,
})
/** Whether the client is this machine (`Require local`). */
export const isLocal = readFact<boolean, World>({
  ...shown,
  name: "client.is-local",
  party: "caller",
  read: ({ client, server }) => {
    if (isInside(client, ["127.0.0.0/8", "::1"])) return true
    return server === undefined ? UNKNOWN : isInside(client, [server])
  },
})
/** httpd treats HEAD as GET. */
export const requestMethod = readFact<string | null, World>({
  ...shown,
  name: "request.method",
  party: "caller",
  read: (world) => methodOf(world.method),
})
/** Unknown before somebody was asked who they are. */
export const requestUser = readFact<string | null, World>({
  ...shown,
  name: "request.user",
  party: "caller",
  read: (world) => world.user ?? UNKNOWN,
})
/** As httpd reads it where a user is excluded: nobody is nobody excluded. */
export const namedUser = readFact<string | null, World>({
  ...shown,
  name: "request.user-if-any",
  party: "caller",
  read: (world) => world.user ?? null,
})
export const environment = readFact<readonly string[], World>({
  ...shown,
  name: "request.environment",
  party: "operator",
  read: (world) => world.environment,
})
/** Takes asking a name server, so it is never known here. */
export const clientName = readFact<string | null, World>({
  ...shown,
  name: "client.name",
  party: "caller",
  read: () => UNKNOWN,
})

/** Facts of one list of gates, each name once. */
export class Facts {
  readonly #expressions = new Map<string, ReturnType<typeof expressionFact>>()
  readonly #seen = new Map<string, ReturnType<typeof seenFact>>()

  expression(expression: Expression): ReturnType<typeof expressionFact> {
    return once(this.#expressions, expression.written, () => expressionFact(expression))
  }

  /** What the interpreter came to before the gate. */
  seen(name: string): ReturnType<typeof seenFact> {
    return once(this.#seen, name, () => seenFact(name))
  }
}

function once<T>(known: Map<string, T>, name: string, make: () => T): T {
  const made = known.get(name) ?? make()
  known.set(name, made)
  return made
}

const expressionFact = (expression: Expression) =>
  readFact<boolean, World>({
    ...shown,
    name: `expression ${expression.written}`,
    party: "caller",
    read: (world) => world.evaluate(expression),
  })

const seenFact = (name: string) =>
  readFact<string | null, World>({
    ...shown,
    name,
    party: "operator",
    read: (world) => text(world.seen.get(name)?.value),
    source: (world) => world.seen.get(name)?.source,
  })

function text(value: Value | Unknown | undefined): string | null | Unknown {
  if (value === undefined || value === UNKNOWN) return UNKNOWN
  return typeof value === "string" || value === null ? value : String(value)
}
