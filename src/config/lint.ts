import type { Clause } from "../decision/check.ts"
import { includesAll } from "../decision/relations.ts"
import { isList } from "../decision/value.ts"
import type { World } from "../facts/world.ts"
import { closest } from "../text/closest.ts"
import type { Document } from "../text/document.ts"
import type { ConfigFault } from "../text/fault.ts"
import { covers } from "./pattern.ts"
import type { RouteEntry } from "./route-entry.ts"
import type { Settings } from "./schema.ts"

/** Routes no request can reach, as earlier ones take all that they would. */
export function* shadowed(routes: readonly RouteEntry[]): Generator<ConfigFault> {
  for (const [at, route] of routes.entries()) {
    const earlier = routes
      .slice(0, at)
      .filter((it) => (it.host === undefined || it.host === route.host) && covers(it.pattern, route.pattern))
    const shadows = route.methods.map((method) => earlier.find((it) => it.methods.includes(method)))
    const [first] = shadows
    if (first === undefined || shadows.includes(undefined)) continue
    yield {
      severity: "error",
      source: route.source,
      message: `no request can reach this route: ${first.id} takes them all`,
      hint: `put it before ${first.id} (${first.source.file}:${first.source.line}), which takes "${first.pattern.text}"`,
    }
  }
}

/** Keys that are written twice, addresses that are the same. */
export function* references(settings: Settings, document: Document): Generator<ConfigFault> {
  yield* guessable(settings, document)
  yield* twice(settings, document)
  const { listen, management } = settings
  if (listen.port !== 0 && listen.port === management.port && listen.hostname === management.hostname)
    yield {
      severity: "error",
      source: document.sourceAt(["management"]),
      message: "listen and management are the same address",
      hint: "give the management side a port of its own, out of callers' reach",
    }
}

/** A key that can be tried out is an open door; it works all the same, so it is only warned of. */
const GUESSABLE = 16

function* guessable({ keys }: Settings, document: Document): Generator<ConfigFault> {
  for (const [i, { name, key }] of keys.entries())
    if (key.length < GUESSABLE)
      yield {
        severity: "warning",
        source: document.sourceAt(["keys", i, "key"]),
        message: `the key "${name}" can be guessed: it has fewer than ${GUESSABLE} characters`,
        hint: "take a longer one, such as `openssl rand -hex 24` prints, or make keys with `pinpoint keys create`",
      }
}

function* twice({ keys }: Settings, document: Document): Generator<ConfigFault> {
  for (const [i, key] of keys.entries()) {
    const before = keys.slice(0, i)
    if (before.some((it) => it.name === key.name))
      yield {
        severity: "error",
        source: document.sourceAt(["keys", i, "name"]),
        message: `a key named "${key.name}" is written above`,
        hint: "give each key a name of its own",
      }
    const twin = before.find((it) => it.key === key.key)
    if (twin !== undefined)
      yield {
        severity: "error",
        source: document.sourceAt(["keys", i, "key"]),
        message: `this is the same secret as that of "${twin.name}"`,
        hint: "give each key a secret of its own",
      }
  }
}

/** Keys that open nothing, and scopes nothing asks for. */
export function* idleKeys(
  settings: Settings,
  tracks: Iterable<readonly Clause<World>[]>,
  document: Document,
): Generator<ConfigFault> {
  const wanted: (readonly string[])[] = []
  for (const clauses of tracks) wanted.push(...scopesAsked(clauses))
  const known = new Set(wanted.flat())
  for (const [i, { name, scopes }] of settings.keys.entries()) {
    const source = document.sourceAt(["keys", i, "scopes"])
    if (wanted.length > 0 && !wanted.some((needed) => includesAll.holds(scopes, needed)))
      yield {
        severity: "warning",
        source,
        message: `the key "${name}" opens no route: its scopes satisfy none`,
        expected: `scopes such as ${[...known].slice(0, 5).join(", ")}`,
      }
    for (const [at, scope] of scopes.entries()) {
      if (known.has(scope) || known.size === 0) continue
      const meant = closest(scope, known)
      yield {
        severity: "warning",
        source: document.sourceAt(["keys", i, "scopes", at]),
        message: `no route asks for the scope ${scope}`,
        ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }),
      }
    }
  }
}

/** What a track that asks for a key asks of its scopes: nothing, where it names none. */
function* scopesAsked(clauses: readonly Clause<World>[]): Generator<readonly string[]> {
  const facts = clauses.flatMap(({ anyOf }) => anyOf)
  if (!facts.some(({ fact }) => fact.name === "key.status")) return
  const asked = facts.flatMap(({ fact, requirement }) =>
    fact.name === "key.scopes" && requirement.kind === "written" && isList(requirement.value)
      ? [requirement.value]
      : [],
  )
  yield asked.flat()
}
