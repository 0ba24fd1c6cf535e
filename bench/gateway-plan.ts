import { cause } from "../src/decision/cause.ts"
import { type Check, type Clause, check, written } from "../src/decision/check.ts"
import { derivedFact, readFact, reservedFact } from "../src/decision/fact.ts"
import { type Plan, plan } from "../src/decision/plan.ts"
import { absent, atMost, equals, includesAll, oneOf, present } from "../src/decision/relations.ts"
import type { Stage } from "../src/decision/stage.ts"
import type { Value } from "../src/decision/value.ts"

/** One request as a gateway has it at hand. */
export interface World {
  readonly path: string
  readonly method: string
  readonly host: string
  readonly address: string
  readonly fault: string | null
  readonly bytes: number
  readonly headers: number
  readonly age: number
  readonly contentType: string
  readonly key: string | null
  readonly status: string
  readonly scopes: readonly string[]
  readonly groups: readonly string[]
  readonly region: string
  readonly tier: string
  readonly used: number
  readonly limit: number
  readonly tokens: number
  readonly model: string
}
export const worldOf = (over: Partial<World> = {}): World => ({
  path: "/service-42/items",
  method: "POST",
  host: "api.example.com",
  address: "203.0.113.7",
  fault: null,
  bytes: 900,
  headers: 14,
  age: 30,
  contentType: "application/json",
  key: "acme-production",
  status: "active",
  scopes: ["items:read", "items:write", "chat"],
  groups: ["engineering"],
  region: "eu-west",
  tier: "standard",
  used: 120,
  limit: 1000,
  tokens: 512,
  model: "medium",
  ...over,
})

const common = { party: "caller", shownTo: "owner" } as const
const fact = <T extends Value>(name: string, since: Stage, read: (world: World) => T) =>
  readFact({ ...common, name, since, read })
const path = fact("request.path", "wire", (it) => it.path)
const fault = fact("wire.fault", "wire", (it) => it.fault)
const method = fact("request.method", "wire", (it) => it.method)
const host = fact("request.host", "wire", (it) => it.host)
const headers = fact("request.headers", "wire", (it) => it.headers)
const address = fact("client.address", "edge", (it) => it.address)
const bytes = fact("body.length", "content", (it) => it.bytes)
const contentType = fact("body.type", "content", (it) => it.contentType)
const age = fact("request.age", "edge", (it) => it.age)
const key = fact("key.name", "identity", (it) => it.key)
const status = fact("key.status", "identity", (it) => it.status)
const scopes = fact("key.scopes", "identity", (it) => it.scopes)
const groups = fact("key.groups", "identity", (it) => it.groups)
const region = fact("client.region", "edge", (it) => it.region)
const tier = fact("key.tier", "identity", (it) => it.tier)
const limit = fact("quota.limit", "quota", (it) => it.limit)
const tokens = fact("model.tokens", "content", (it) => it.tokens)
const model = fact("model.name", "content", (it) => it.model)
const used = reservedFact({
  ...common,
  name: "quota.used",
  since: "quota",
  reserve: (it: World) => it.used,
  peek: (it) => it.used,
  release: () => undefined,
})

const TRACKS = 100
const names = new Map(Array.from({ length: TRACKS }, (_, i) => [`/service-${i}/items`, `service-${i}`]))
const track = derivedFact({
  ...common,
  name: "route.track",
  since: "wire",
  from: [path],
  derive: (it): string => names.get(String(it)) ?? "unrouted",
})

const refused = cause({
  code: "bench/refused",
  status: 403,
  title: "The request is refused",
  explain: ([it]) => `The gateway compared ${it.fact}, and ${it.said}.`,
  fix: [{ by: "caller", does: "Send what is accepted." }],
})

function clausesOf(service: number): readonly Clause<World>[] {
  const required = <const R extends Value>(value: R, at: string) =>
    written(value, { file: "gateway.yaml", line: 10 + service, path: `services[${service}].${at}` }, "owner")
  const clause = (stage: Stage, ...anyOf: readonly [Check<World>, ...Check<World>[]]): Clause<World> => ({
    stage,
    cause: refused,
    anyOf,
    whenUnknown: { deny: refused },
  })
  return [
    clause("wire", check(fault, absent, required(null, "wire"))),
    clause("wire", check(headers, atMost, required(100, "headers"))),
    clause("edge", check(address, equals, required("203.0.113.7", "from"))),
    clause("edge", check(age, atMost, required(300, "age"))),
    clause("edge", check(region, oneOf, required(["eu-west", "eu-north"], "regions"))),
    clause("route", check(method, oneOf, required(["GET", "POST"], "methods"))),
    clause("route", check(host, oneOf, required(["api.example.com", "api.example.net"], "hosts"))),
    clause("route", check(path, present, required("/items", "path"))),
    clause("identity", check(key, present, required("X-API-Key", "key"))),
    clause("identity", check(status, equals, required("active", "status"))),
    clause("access", check(scopes, includesAll, required(["items:write"], "scopes"))),
    clause("access", check(scopes, includesAll, required(["items:read", "chat"], "more-scopes"))),
    clause("access", check(groups, includesAll, required(["engineering"], "groups"))),
    clause(
      "access",
      check(tier, oneOf, required(["premium"], "tiers")),
      check(scopes, includesAll, required(["chat"], "t")),
    ),
    clause("access", check(tier, equals, required("standard", "tier"))),
    clause("access", check(key, present, required("any", "named"))),
    clause("quota", check(used, atMost, { kind: "fact", fact: limit, source: { file: "store", path: "limits" } })),
    clause("quota", check(used, atMost, required(5000, "ceiling"))),
    clause("content", check(bytes, atMost, required(1_048_576, "body"))),
    clause("content", check(contentType, equals, required("application/json", "type"))),
    clause("content", check(tokens, atMost, required(8192, "tokens"))),
    clause("content", check(tokens, atMost, { kind: "fact", fact: limit, source: { file: "store", path: "tokens" } })),
    clause("content", check(host, equals, required("api.example.com", "public"))),
    clause("content", check(method, equals, required("POST", "writes"))),
    clause("content", check(model, oneOf, required(["small", "medium", "large"], "models"))),
  ]
}

/** `every`: of the 25 clauses, those at multiples of it. */
export const planOf = (every: number): Plan<World> =>
  plan({
    revision: "bench",
    selector: track,
    tracks: new Map(
      Array.from(names.values(), (name, i) => [name, clausesOf(i).filter((_, at) => at % every === every - 1)]),
    ),
  })
