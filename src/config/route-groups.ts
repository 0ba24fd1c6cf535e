import type { Clause } from "../decision/check.ts"
import type { Source } from "../decision/source.ts"
import type { IdentityFacts } from "../facts/identity.ts"
import { METHODS, type Method } from "../facts/methods.ts"
import type { World } from "../facts/world.ts"
import { ipAllow } from "../policies/ip-allow/ip-allow.ts"
import type { Document } from "../text/document.ts"
import type { ConfigFault } from "../text/fault.ts"
import type { Destination } from "./gateway-plan.ts"
import { hostName } from "./host.ts"
import { mcpGroup } from "./mcp-group.ts"
import { modelGroups } from "./model-group.ts"
import { originOf } from "./origin.ts"
import { fixed, parsePattern } from "./pattern.ts"
import { type PlacedPolicy, placed } from "./policy-clauses.ts"
import type { RouteEntry } from "./route-entry.ts"
import type { Settings } from "./schema.ts"

/** Routes that share their policies and their destination, and with them, method by method, their clauses. */
export interface RouteGroup {
  readonly source: Source
  readonly routes: readonly RouteEntry[]
  readonly policies: readonly PlacedPolicy[]
  /** What is asked beyond the policies. */
  readonly extra: readonly Clause<World>[]
  destination(identity: IdentityFacts | undefined): Destination
}

/** All groups, in the order their routes are tried: the gateway's own, those of models, those of services as written. */
export function routeGroups(settings: Settings, document: Document, faults: ConfigFault[]): readonly RouteGroup[] {
  const everywhere = placed(["policies"], settings.policies)
  return [
    causePages(everywhere),
    ...modelGroups(settings, document, everywhere, faults),
    ...(settings.mcp === undefined ? [] : [mcpGroup(settings.mcp, settings.keys, document, everywhere, faults)]),
    ...serviceGroups(settings, document, everywhere, faults),
  ]
}

/** Policies that judge who connects; they alone hold where no route is, and for the gateway's own pages. */
export const edgePolicies = (policies: readonly PlacedPolicy[]): readonly PlacedPolicy[] =>
  policies.filter(({ policy }) => policy.name === ipAllow.name)

/** Pages of causes, which every refusal points to, are for whoever may connect. */
function causePages(everywhere: readonly PlacedPolicy[]): RouteGroup {
  const source: Source = { file: "built in", path: "pages" }
  const pattern = fixed("/.well-known/pinpoint/causes/*")
  return {
    source,
    routes: [{ id: "pinpoint.causes", pattern, host: undefined, methods: ["GET", "HEAD"], source }],
    policies: edgePolicies(everywhere),
    extra: [],
    destination: () => ({ kind: "cause-page" }),
  }
}

function serviceGroups(
  settings: Settings,
  document: Document,
  everywhere: readonly PlacedPolicy[],
  faults: ConfigFault[],
): readonly RouteGroup[] {
  return Object.entries(settings.services).map(([service, it]): RouteGroup => {
    const { origin, basePath } = originOf(it.upstream)
    const path = ["services", service]
    return {
      source: document.sourceAt([...path, "upstream"]),
      routes: it.routes.flatMap((route, i) => routeOf(service, i, route, document, faults)),
      policies: [...everywhere, ...placed([...path, "policies"], it.policies)],
      extra: [],
      destination: (identity) => ({
        kind: "service",
        service,
        origin,
        basePath,
        keepHost: it["keep-host"],
        places: identity?.places ?? [],
      }),
    }
  })
}

function routeOf(
  service: string,
  i: number,
  route: Settings["services"][string]["routes"][number],
  document: Document,
  faults: ConfigFault[],
): readonly RouteEntry[] {
  const at = ["services", service, "routes", i] as const
  const pattern = parsePattern(route.path)
  if (!("fault" in pattern)) {
    const methods = withHead(route.methods ?? METHODS)
    const host = route.host === undefined ? undefined : hostName(route.host)
    return [{ id: `${service}.routes[${i}]`, pattern, host, methods, source: document.sourceAt(at) }]
  }
  faults.push({
    severity: "error",
    source: document.sourceAt([...at, "path"]),
    message: `"${route.path}" is no path: ${pattern.fault}`,
    expected: "a path such as /orders/* or /orders/{id}",
  })
  return []
}

/** A route that takes GET takes HEAD (RFC 9110 §9.3.2). */
const withHead = (methods: readonly Method[]): readonly Method[] =>
  methods.includes("GET") && !methods.includes("HEAD") ? [...methods, "HEAD"] : methods
