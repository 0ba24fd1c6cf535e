import type { World } from "./gateway-plan.ts"

/** The usual shape, as a peer: each rule is a closure that returns a verdict object, and a trace is kept. */
type Answer = { readonly ok: true } | { readonly ok: false; readonly message: string }
const rule =
  (holds: (world: World) => boolean, message: string) =>
  (world: World): Answer =>
    holds(world) ? { ok: true } : { ok: false, message }

const TRACKS = new Set(Array.from({ length: 100 }, (_, i) => `/service-${i}/items`))
const RULES = [
  rule((it) => it.fault === null, "fault"),
  rule((it) => it.headers <= 100, "headers"),
  rule((it) => it.address === "203.0.113.7", "address"),
  rule((it) => it.age <= 300, "age"),
  rule((it) => ["eu-west", "eu-north"].includes(it.region), "region"),
  rule((it) => ["GET", "POST"].includes(it.method), "method"),
  rule((it) => ["api.example.com", "api.example.net"].includes(it.host), "host"),
  rule((it) => it.path !== null, "path"),
  rule((it) => it.key !== null, "key"),
  rule((it) => it.status === "active", "status"),
  rule((it) => it.scopes.includes("items:write"), "scopes"),
  rule((it) => ["items:read", "chat"].every((scope) => it.scopes.includes(scope)), "more scopes"),
  rule((it) => it.groups.includes("engineering"), "groups"),
  rule((it) => it.tier === "premium" || it.scopes.includes("chat"), "tier"),
  rule((it) => it.tier === "standard", "standard"),
  rule((it) => it.key !== null, "named"),
  rule((it) => it.used <= it.limit, "quota"),
  rule((it) => it.used <= 5000, "ceiling"),
  rule((it) => it.bytes <= 1_048_576, "body"),
  rule((it) => it.contentType === "application/json", "type"),
  rule((it) => it.tokens <= 8192, "tokens"),
  rule((it) => it.tokens <= it.limit, "token limit"),
  rule((it) => it.host === "api.example.com", "public"),
  rule((it) => it.method === "POST", "writes"),
  rule((it) => ["small", "medium", "large"].includes(it.model), "model"),
]

export function judgeNaively(world: World): unknown {
  const trace: object[] = [{ routed: TRACKS.has(world.path) }]
  for (const [at, judge] of RULES.entries()) {
    const answer = judge(world)
    trace.push({ rule: at, ...answer })
    if (!answer.ok) return { allowed: false, why: answer.message, trace }
  }
  return { allowed: true, trace }
}
