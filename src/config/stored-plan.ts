import { z } from "zod"
import { causeOf } from "../causes/catalogue.ts"
import type { Fact } from "../decision/fact.ts"
import { type Plan, PlanFault } from "../decision/plan.ts"
import { type PlanData, revive } from "../decision/plan-data.ts"
import type { Relation } from "../decision/relation.ts"
import { absent, atMost, equals, includesAll, oneOf, present } from "../decision/relations.ts"
import type { Value } from "../decision/value.ts"
import { gatewayFault, providerFaultOf, upstreamFaultOf, wireFaultOf } from "../facts/fault.ts"
import { MCP_FAULTS, mcpFaultOf, mcpServerFault } from "../facts/mcp.ts"
import { METHOD } from "../facts/methods.ts"
import { routeFacts } from "../facts/route.ts"
import { GUARDRAIL_RELATIONS } from "../guardrails/none-of.ts"
import { REQUEST_FAULTS, UPSTREAM_FAULTS } from "../http/fault.ts"
import { allows } from "../mcp/allows.ts"
import { among } from "../mcp/among.ts"
import { matchesOneOf } from "../mcp/matches-one-of.ts"
import { PROVIDER_FAULTS } from "../models/provider-fault.ts"
import { servedAs } from "../models/routing/served-as.ts"
import { affords } from "../policies/model-limits/affords.ts"
import { covers } from "../policies/model-limits/covers.ts"
import { match } from "../policies/model-limits/match.ts"
import { computedUse } from "../policies/model-limits/model-limits.ts"
import { POLICY_RELATIONS } from "../policies/registry.ts"
import { type Groups, NO_GROUPS } from "../ports/model-limits.ts"
import { parsePattern } from "./pattern.ts"
import type { RouteEntry } from "./route-entry.ts"
import { createRoutes } from "./router.ts"
import { groupsData, storedGroups, storedLimits, storedSource } from "./stored-limits.ts"

const storedKey = z.object({
  name: z.string(),
  scopes: z.array(z.string()),
  source: storedSource,
  team: z.string().exactOptional(),
  tenant: z.string().exactOptional(),
  limits: storedLimits.exactOptional(),
})

/** What is kept of a plan: enough to decide any recorded request again, and no secret. */
const stored = z.object({
  format: z.literal(1),
  // Its shape is checked by `revive`, which names what it does not know.
  data: z.custom<PlanData>((it) => typeof it === "object" && it !== null && "tracks" in it && "facts" in it),
  routes: z.array(
    z.object({
      id: z.string(),
      pattern: z.string(),
      host: z.string().optional(),
      methods: z.array(METHOD),
      source: storedSource,
    }),
  ),
  keys: z.array(storedKey),
  groups: storedGroups.exactOptional(),
})

export type StoredKey = z.output<typeof storedKey>

export interface StoredPlan {
  readonly plan: Plan<never>
  /** Keys of the file, by name and scopes. */
  readonly keys: readonly StoredKey[]
  readonly routes: readonly RouteEntry[]
  readonly groups: Groups
}

export function writePlan(
  data: PlanData,
  routes: readonly RouteEntry[],
  keys: readonly StoredKey[],
  groups: Groups,
): string {
  const flat = routes.map(({ pattern, ...it }) => ({ ...it, pattern: pattern.text }))
  return JSON.stringify({ format: 1, data, routes: flat, keys, groups: groupsData(groups) })
}

/** @throws PlanFault when the text was written by a release whose plans this one cannot read. */
export function readPlan(revision: string, text: string): StoredPlan {
  const read = stored.safeParse(JSON.parse(text))
  if (!read.success) throw new PlanFault(`the stored plan ${revision} has a form this release does not know`)
  const routes = read.data.routes.map(({ pattern, host, ...it }): RouteEntry => {
    const parsed = parsePattern(pattern)
    if ("fault" in parsed) throw new PlanFault(`the stored plan ${revision} holds the path ${pattern}: ${parsed.fault}`)
    return { ...it, host, pattern: parsed }
  })
  const { keys, groups = NO_GROUPS } = read.data
  return { plan: revive(read.data.data, revision, vocabulary(routes)), keys, routes, groups }
}

function vocabulary(entries: readonly RouteEntry[]) {
  const { track, pattern, methods } = routeFacts(createRoutes(entries))
  const derived: readonly Fact<Value, never>[] = [
    track,
    pattern,
    methods,
    gatewayFault,
    ...REQUEST_FAULTS.map(wireFaultOf),
    ...UPSTREAM_FAULTS.map(upstreamFaultOf),
    ...PROVIDER_FAULTS.map(providerFaultOf),
    ...MCP_FAULTS.map(mcpFaultOf),
    mcpServerFault,
    ...computedUse(),
  ]
  const facts = new Map(derived.map((it) => [it.name, it]))
  return { cause: causeOf, relation: (name: string) => RELATIONS.get(name), derived: (name: string) => facts.get(name) }
}

const named = <T extends Value, R extends Value>(it: Relation<T, R>): readonly [string, Relation<Value, Value>] => [
  it.name,
  // As in `check`: a stored check was typed when it was written, and its parts meet only each other again.
  it as unknown as Relation<Value, Value>,
]
const RELATIONS: ReadonlyMap<string, Relation<Value, Value>> = new Map([
  named(absent),
  named(atMost),
  named(equals),
  named(includesAll),
  named(oneOf),
  named(present),
  named(allows),
  named(among),
  named(matchesOneOf),
  named(servedAs),
  named(affords),
  named(covers),
  named(match),
  ...GUARDRAIL_RELATIONS.map((it) => named(it)),
  ...POLICY_RELATIONS.map((it) => named(it)),
])
