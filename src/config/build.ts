import type { Clause } from "../decision/check.ts"
import type { Fact } from "../decision/fact.ts"
import { plan as planOf } from "../decision/plan.ts"
import { planData } from "../decision/plan-data.ts"
import { type RouteFacts, routeFacts, UNROUTED_TRACK, WIRE_TRACK } from "../facts/route.ts"
import type { World } from "../facts/world.ts"
import type { Document } from "../text/document.ts"
import type { ConfigFault } from "../text/fault.ts"
import type { Destination, FileKey, GatewayPlan } from "./gateway-plan.ts"
import { groupReferences, groupsOf, limitsOf } from "./groups.ts"
import { idleKeys, references, shadowed } from "./lint.ts"
import { PolicyClauses, placed } from "./policy-clauses.ts"
import { type RouteEntry, trackOf } from "./route-entry.ts"
import { edgePolicies, type RouteGroup, routeGroups } from "./route-groups.ts"
import { createRoutes } from "./router.ts"
import type { Settings } from "./schema.ts"
import { type StoredKey, writePlan } from "./stored-plan.ts"
import { routeClauses, upstreamClauses, wireClauses } from "./track.ts"

/** The plan, or why there is none; warnings beside a plan. */
export interface BuildResult {
  readonly plan?: GatewayPlan
  readonly faults: readonly ConfigFault[]
}

type Tracks = Map<string, readonly Clause<World>[]>

/** Turns valid settings into a plan; everything that can be known before a request is worked out here. */
export function build(settings: Settings, document: Document): BuildResult {
  const faults: ConfigFault[] = [...references(settings, document), ...groupReferences(settings, document)]
  const groups = routeGroups(settings, document, faults)
  const entries = groups.flatMap(({ routes }) => routes)
  faults.push(...shadowed(entries))
  const facts = routeFacts(createRoutes(entries))
  const policies = new PolicyClauses(document, faults)
  const edge = policies.of(edgePolicies(placed(["policies"], settings.policies)), "GET")
  const tracks: Tracks = new Map([
    [WIRE_TRACK, wireClauses()],
    [UNROUTED_TRACK, [...edge, ...routeClauses(facts, document.sourceAt(["services"]))]],
  ])
  const destinations = new Map<string, Destination>()
  for (const group of groups) addGroup(group, facts, policies, tracks, destinations)
  faults.push(...idleKeys(settings, new Set(tracks.values()), document))
  const told = unique(faults)
  if (told.some(({ severity }) => severity === "error")) return { faults: told }
  return { plan: assemble(facts.track, tracks, entries, destinations, settings, document), faults: told }
}

/** Routes of a group share one list of clauses per method, so that a thousand routes are not a thousand plans. */
function addGroup(
  group: RouteGroup,
  facts: RouteFacts,
  policies: PolicyClauses,
  tracks: Tracks,
  destinations: Map<string, Destination>,
): void {
  const destination = group.destination(policies.identity(group.policies))
  const common = [...routeClauses(facts, group.source), ...group.extra, ...upstreamClauses(group.source)]
  const byMethod: Tracks = new Map()
  for (const { id, methods } of group.routes)
    for (const method of methods) {
      const clauses = byMethod.get(method) ?? [...common, ...policies.of(group.policies, method)]
      byMethod.set(method, clauses)
      tracks.set(trackOf(id, method), clauses)
      destinations.set(trackOf(id, method), destination)
    }
}

function assemble(
  selector: Fact<string, World>,
  tracks: Tracks,
  entries: readonly RouteEntry[],
  destinations: ReadonlyMap<string, Destination>,
  settings: Settings,
  document: Document,
): GatewayPlan {
  const keys = fileKeys(settings, document)
  const groups = groupsOf(settings, document)
  const text = writePlan(planData({ selector, tracks }), entries, keys.map(shown), groups)
  const revision = sha256(text).slice(0, 12)
  const plan = planOf({ revision, selector, tracks })
  return Object.freeze({ revision, text, plan, destinations, keys, groups, settings })
}

/** What of a key is stored with the plan. */
const shown = ({ key: { name, scopes, source, team, tenant, limits } }: FileKey): StoredKey => ({
  name,
  scopes: [...scopes],
  source,
  ...(team !== undefined && { team }),
  ...(tenant !== undefined && { tenant }),
  ...(limits !== undefined && { limits }),
})

const fileKeys = ({ keys }: Settings, document: Document): readonly FileKey[] =>
  keys.map(({ name, key, scopes, tools, team, tenant, ...limited }, i) => ({
    key: {
      name,
      scopes,
      ...(team !== undefined && { team }),
      ...(tenant !== undefined && { tenant }),
      limits: limitsOf(limited, (inside) => document.sourceAt(["keys", i, ...inside])),
      tools,
      toolsSource: document.sourceAt(["keys", i, "tools"]),
      status: "active",
      prefix: "",
      source: document.sourceAt(["keys", i, "scopes"]),
    },
    digest: sha256(key),
  }))

/** A policy is turned into clauses once per method, and its fault is one fault. */
function unique(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  return [...new Map(faults.map((it) => [`${it.source.file}#${it.source.path}#${it.message}`, it])).values()]
}

const sha256 = (text: string): string => new Bun.CryptoHasher("sha256").update(text).digest("hex")
