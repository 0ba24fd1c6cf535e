import type { Denial } from "../../decision/decide.ts"
import { lineOf, placeOf, type Source } from "../../decision/source.ts"
import { isList } from "../../decision/value.ts"
import { proposed } from "../../servers/audit/finding.ts"
import type { KnownKey } from "../neighbourhood.ts"
import { type Draft, drafted } from "./finding.ts"
import type { Asked, Openings } from "./openings.ts"

/** Keys that open nothing, and scopes that open nothing more. */
export function* idleKeys(openings: Openings, keys: readonly KnownKey[]): Generator<Draft> {
  const guarded = openings.asked.map((it) => openings.needsKey(it))
  const scopes = scopesAsked(openings)
  for (const key of keys) {
    if (key.status === "expired")
      yield drafted("gateway/key-expired", key.source, {
        why: `the key "${key.name}" is expired`,
        effect: "whoever still sends it is refused",
        change: proposed(`Revoke it with \`pinpoint keys revoke ${key.name}\`, or make a new one`),
      })
    if (key.status !== "active") continue
    const opened = openings.by(key)
    if (!guarded.some((isGuarded, at) => isGuarded && opened[at])) {
      if (guarded.includes(true))
        yield drafted("gateway/key-opens-nothing", key.source, {
          why: `the key "${key.name}" was decided on every route: none that asks for a key lets it pass`,
          effect: "whoever holds it is refused everywhere",
          change: proposed(
            `Give it a scope that a route asks for (${[...scopes].slice(0, 5).join(", ")}), or take it away`,
          ),
        })
      continue
    }
    yield* idleScopes(openings, key, opened, scopes)
  }
}

/** Scopes without which a key opens just what it does; all of them may go together. */
function* idleScopes(
  openings: Openings,
  key: KnownKey,
  opened: readonly boolean[],
  asked: ReadonlySet<string>,
): Generator<Draft> {
  const idle = key.scopes.filter((scope) => {
    const left = openings.by({ ...key, scopes: key.scopes.filter((it) => it !== scope) })
    return opened.every((is, at) => left[at] === is)
  })
  for (const scope of idle) {
    const isAsked = asked.has(scope)
    yield drafted("gateway/scope-idle", key.source, {
      severity: isAsked ? "note" : "warning",
      why: isAsked
        ? `the key "${key.name}" holds ${scope}, and opens the same routes without it`
        : `the key "${key.name}" holds ${scope}, which no route asks for`,
      effect: "opens nothing now, and whatever asks for it some day",
      takes: scope,
      change: proposed(
        key.source.file === "store" ? `Take ${scope} from the key` : `Take ${scope} out of the scopes of "${key.name}"`,
      ),
    })
  }
}

const scopesAsked = ({ asked }: Openings): ReadonlySet<string> =>
  new Set(asked.flatMap((it) => writtenScopes(it).flatMap(({ scopes }) => scopes)))

const writtenScopes = ({ track }: Asked): readonly { readonly scopes: readonly string[]; readonly source: Source }[] =>
  track.clauses.flatMap(({ checks }) =>
    checks.flatMap(({ check: { fact, requirement } }) =>
      fact.name === "key.scopes" && requirement.kind === "written" && isList(requirement.value)
        ? [{ scopes: requirement.value, source: requirement.source }]
        : [],
    ),
  )

/** Routes that ask for a key which nobody has. `isComplete`: no other keys can be. */
export function* forNobody(openings: Openings, keys: readonly KnownKey[], isComplete: boolean): Generator<Draft> {
  const opened = keys.filter((it) => it.status === "active").map((it) => openings.by(it))
  const told = new Set<string>()
  for (const [at, asked] of openings.asked.entries()) {
    if (opened.some((it) => it[at]) || !openings.needsKey(asked)) continue
    const [first] = asked.routes
    const [blocker] = openings.blockers(asked)
    const source = blocker?.evidence[0].source ?? first?.source
    const isModel = first?.id.startsWith("models.") === true
    if (first === undefined || source === undefined || told.has(`${placeOf(source)} ${isModel}`)) continue
    told.add(`${placeOf(source)} ${isModel}`)
    const paths = asked.routes.slice(0, 3).map((it) => `${it.host ?? ""}${it.pattern.text}`)
    const method = asked.request.get("request.method")
    yield drafted(isModel ? "gateway/model-for-nobody" : "gateway/route-for-nobody", isModel ? first.source : source, {
      why: `${String(method)} ${paths.join(", ")}${asked.routes.length > 3 ? ", …" : ""} asks for ${whatOf(blocker)}, and ${keys.length === 0 ? "there is no key" : `none of the ${keys.length} keys holds ${blocker === undefined ? "it" : "them"}`}${isModel && source !== first.source ? ` (${lineOf(source)})` : ""}`,
      effect: `refuses everybody${isComplete ? "" : ", as far as the keys of the file go: those made with `pinpoint keys` were not looked at"}`,
      change: proposed("Give a key the scopes, or make one with `pinpoint keys create`"),
    })
  }
}

function whatOf(blocker: Denial<never> | undefined): string {
  const required = blocker?.evidence[0].required
  return Array.isArray(required) && required.length > 0 ? `a key with ${required.join(", ")}` : "a key"
}
