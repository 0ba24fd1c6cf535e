import type { Clause } from "../decision/check.ts"
import { plan as planOf } from "../decision/plan.ts"
import { planData } from "../decision/plan-data.ts"
import type { Source } from "../decision/source.ts"
import { type IdentityFacts, identityFacts } from "../facts/identity.ts"
import { METHODS, type Method } from "../facts/methods.ts"
import { routeFacts, UNROUTED_TRACK, WIRE_TRACK } from "../facts/route.ts"
import type { World } from "../facts/world.ts"
import { ipAllow } from "../policies/ip-allow/ip-allow.ts"
import { keyAuth } from "../policies/key-auth/key-auth.ts"
import { type BoundPolicy, bind } from "../policies/policy.ts"
import type { Destination, FileKey, GatewayPlan, ModelTarget } from "./gateway-plan.ts"
import { idleKeys, references, shadowed } from "./lint.ts"
import { originOf } from "./origin.ts"
import { type Pattern, parsePattern } from "./pattern.ts"
import { createRoutes, type RouteEntry, trackOf } from "./router.ts"
import type { Settings } from "./schema.ts"
import { writePlan } from "./stored-plan.ts"
import type { Document } from "./text/document.ts"
import type { ConfigFault } from "./text/fault.ts"
import type { Path } from "./text/path.ts"
import { modelClauses, routeClauses, upstreamClauses, wireClauses } from "./track.ts"

/** The plan, or why there is none; warnings beside a plan. */
export interface BuildResult {
  readonly plan?: GatewayPlan
  readonly faults: readonly ConfigFault[]
}

/** A policy with the place it is written at. */
interface PlacedPolicy {
  readonly policy: BoundPolicy
  readonly path: Path
}
/** A route with all that its tracks are made of. */
interface PlannedRoute {
  readonly entry: RouteEntry
  readonly policies: readonly PlacedPolicy[]
  readonly extra: (method: Method) => readonly Clause<World>[]
  readonly destination: (identity: IdentityFacts | undefined) => Destination
}

/** Turns valid settings into a plan; everything that can be known before a request is worked out here. */
export function build(settings: Settings, document: Document): BuildResult {
  const builder = new Builder(settings, document)
  return builder.result()
}

class Builder {
  readonly settings: Settings
  readonly document: Document
  readonly faults: ConfigFault[] = []
  readonly #identities = new Map<string, IdentityFacts>()

  constructor(settings: Settings, document: Document) {
    this.settings = settings
    this.document = document
  }

  result(): BuildResult {
    this.faults.push(...references(this.settings, this.document))
    const routes = [...this.#ownRoutes(), ...this.#modelRoutes(), ...this.#serviceRoutes()]
    const entries = routes.map(({ entry }) => entry)
    this.faults.push(...shadowed(entries))
    const facts = routeFacts(createRoutes(entries))
    const tracks = new Map<string, readonly Clause<World>[]>([[WIRE_TRACK, wireClauses()]])
    const destinations = new Map<string, Destination>()
    tracks.set(UNROUTED_TRACK, [...this.#edge(), ...routeClauses(facts, this.#at(["services"]))])
    for (const route of routes)
      for (const method of route.entry.methods as readonly Method[]) {
        const identity = this.#identityOf(route.policies)
        const clauses = this.#policyClauses(route.policies, method, identity)
        const { id, source } = route.entry
        tracks.set(trackOf(id, method), [
          ...routeClauses(facts, source),
          ...clauses,
          ...route.extra(method),
          ...upstreamClauses(source),
        ])
        destinations.set(trackOf(id, method), route.destination(identity))
      }
    this.faults.push(...idleKeys(this.settings, tracks.values(), this.document))
    const faults = unique(this.faults)
    if (faults.some(({ severity }) => severity === "error")) return { faults }
    return { plan: this.#assemble({ selector: facts.track, tracks }, entries, destinations), faults }
  }

  #assemble(
    spec: { selector: ReturnType<typeof routeFacts>["track"]; tracks: ReadonlyMap<string, readonly Clause<World>[]> },
    entries: readonly RouteEntry[],
    destinations: ReadonlyMap<string, Destination>,
  ): GatewayPlan {
    const keys = this.#keys()
    const shown = keys.map(({ key: { name, scopes, source } }) => ({ name, scopes: [...scopes], source }))
    const text = writePlan(planData(spec), entries, shown)
    const revision = sha256(text).slice(0, 12)
    return Object.freeze({
      revision,
      text,
      plan: planOf({ revision, ...spec }),
      destinations,
      keys,
      settings: this.settings,
    })
  }

  #keys(): readonly FileKey[] {
    return this.settings.keys.map(({ name, key, scopes }, i) => ({
      key: { name, scopes, status: "active", prefix: "", source: this.#at(["keys", i, "scopes"]) },
      digest: sha256(key),
    }))
  }

  *#serviceRoutes(): Generator<PlannedRoute> {
    for (const [service, it] of Object.entries(this.settings.services)) {
      const { origin, basePath } = originOf(it.upstream)
      const policies = [
        ...this.#placed(["policies"], this.settings.policies),
        ...this.#placed(["services", service, "policies"], it.policies),
      ]
      for (const [i, { path, methods, host }] of it.routes.entries()) {
        const at = ["services", service, "routes", i] as const
        const pattern = this.#pattern(path, [...at, "path"])
        if (pattern === undefined) continue
        yield {
          entry: {
            id: `${service}.routes[${i}]`,
            pattern,
            host,
            methods: withHead(methods ?? METHODS),
            source: this.#at(at),
          },
          policies,
          extra: () => [],
          destination: (identity) => ({
            kind: "service",
            service,
            origin,
            basePath,
            keepHost: it["keep-host"],
            places: identity?.places ?? [],
          }),
        }
      }
    }
  }

  /** Pages of causes, which every refusal points to, are for whoever may connect. */
  *#ownRoutes(): Generator<PlannedRoute> {
    const source: Source = { file: "built in", path: "pages" }
    yield {
      entry: {
        id: "pinpoint.causes",
        pattern: fixed("/.well-known/pinpoint/causes/*"),
        host: undefined,
        methods: ["GET", "HEAD"],
        source,
      },
      policies: this.#edgePolicies(),
      extra: () => [],
      destination: () => ({ kind: "cause-page" }),
    }
  }

  /** Models ask for a key even where no policy does: an open door to a provider is somebody's bill. */
  *#modelRoutes(): Generator<PlannedRoute> {
    const names = Object.keys(this.settings.models)
    if (names.length === 0) return
    const source = this.#at(["models"])
    const own = this.#placed(["policies"], this.settings.policies)
    const policies = own.some(({ policy }) => policy.name === keyAuth.name)
      ? own
      : [{ policy: bind(keyAuth, {}), path: ["models"] }, ...own]
    const models = this.#targets()
    const largest = this.settings.limits["model-body"]
    const chat = modelClauses(names, largest, source, this.#at(["limits", "model-body"]))
    const common = { host: undefined, source }
    yield {
      entry: { ...common, id: "models.chat", pattern: fixed("/v1/chat/completions"), methods: ["POST"] },
      policies,
      extra: () => chat,
      destination: () => ({ kind: "chat", models }),
    }
    yield {
      entry: { ...common, id: "models.list", pattern: fixed("/v1/models"), methods: ["GET", "HEAD"] },
      policies,
      extra: () => [],
      destination: () => ({ kind: "models", names }),
    }
  }

  #targets(): ReadonlyMap<string, ModelTarget> {
    const targets = new Map<string, ModelTarget>()
    for (const [name, [first]] of Object.entries(this.settings.models)) {
      const provider = first === undefined ? undefined : this.settings.providers[first.provider]
      if (first !== undefined && provider !== undefined)
        targets.set(name, { ...originOf(provider.url), model: first.model, key: provider.key })
    }
    return targets
  }

  /** Where no route is, only who connects can matter. */
  #edge(): readonly Clause<World>[] {
    return this.#policyClauses(this.#edgePolicies(), "GET", undefined)
  }

  #edgePolicies(): readonly PlacedPolicy[] {
    return this.#placed(["policies"], this.settings.policies).filter(({ policy }) => policy.name === ipAllow.name)
  }

  #policyClauses(
    placed: readonly PlacedPolicy[],
    method: Method,
    identity: IdentityFacts | undefined,
  ): readonly Clause<World>[] {
    const last = placed.findLast(({ policy }) => policy.places !== undefined)
    // Two ways to say where a key stands would ask for two keys; the nearest to the route is meant.
    const applied = placed.filter((it) => it.policy.places === undefined || it === last)
    return applied.flatMap(({ policy, path }, i) =>
      policy.clauses({
        method,
        identity,
        id: path.join("."),
        ordinal: applied.slice(0, i).filter((it) => it.policy.name === policy.name).length,
        sourceAt: (inside) => this.#at([...path, ...inside]),
        refuse: (inside, message, hint) =>
          this.faults.push({ severity: "error", source: this.#at([...path, ...inside]), message, hint }),
      }),
    )
  }

  #identityOf(placed: readonly PlacedPolicy[]): IdentityFacts | undefined {
    const places = placed.findLast(({ policy }) => policy.places !== undefined)?.policy.places
    if (places === undefined) return undefined
    const key = JSON.stringify(places)
    const facts = this.#identities.get(key) ?? identityFacts(places)
    this.#identities.set(key, facts)
    return facts
  }

  #placed(path: Path, entries: Settings["policies"]): readonly PlacedPolicy[] {
    return entries.flatMap((entry, i) =>
      Object.entries(entry).flatMap(([name, policy]) =>
        policy === undefined ? [] : [{ policy, path: [...path, i, name] }],
      ),
    )
  }

  #pattern(text: string, path: Path): Pattern | undefined {
    const pattern = parsePattern(text)
    if (!("fault" in pattern)) return pattern
    this.faults.push({
      severity: "error",
      source: this.#at(path),
      message: `"${text}" is no path: ${pattern.fault}`,
      expected: "a path such as /orders/* or /orders/{id}",
    })
    return undefined
  }

  #at(path: Path): Source {
    return this.document.sourceAt(path)
  }
}

/** A route that takes GET takes HEAD (RFC 9110 §9.3.2). */
const withHead = (methods: readonly Method[]): readonly Method[] =>
  methods.includes("GET") && !methods.includes("HEAD") ? [...methods, "HEAD"] : methods

function fixed(text: string): Pattern {
  const pattern = parsePattern(text)
  if ("fault" in pattern) throw new Error(pattern.fault)
  return pattern
}

/** A policy of a service is turned into clauses once per track, and its fault is one fault. */
function unique(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  return [...new Map(faults.map((it) => [`${it.source.file}#${it.source.path}#${it.message}`, it])).values()]
}

export const sha256 = (text: string): string => new Bun.CryptoHasher("sha256").update(text).digest("hex")
