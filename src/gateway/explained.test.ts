import { expect, test } from "bun:test"
import fc from "fast-check"
import { loadConfig } from "../config/load.ts"
import { decide } from "../decision/decide.ts"
import { explain } from "../decision/explain.ts"
import { replay } from "../decision/record.ts"
import type { Value } from "../decision/value.ts"
import { Explained } from "./explained.ts"
import { problem } from "./problem.ts"

const example = await Bun.file(new URL("../../test/example.yaml", import.meta.url)).text()
const { plan } = loadConfig(example, "f.yaml", {
  ALICE_KEY: "alice-0123456789abcdef",
  BOB_KEY: "bob-0123456789abcdef01",
})

const facts = fc.record<Record<string, Value>>({
  "wire.fault": fc.constantFrom("none", "none", "none", "host", "gateway"),
  "wire.seen": fc.constantFrom("", "a, b"),
  "request.method": fc.constantFrom("GET", "POST", "POST", "DELETE"),
  "request.host": fc.constantFrom("a.test", "b.test"),
  "request.path": fc.constantFrom("/orders/1", "/orders/2", "/ordrs/1", "/v1/models", "/v1/chat/completions", "/"),
  "client.address": fc.constantFrom("127.0.0.1", "127.0.0.2", "192.0.2.1", "192.0.2.2"),
  "key.place": fc.constantFrom(null, "X-API-Key", "Authorization: Bearer"),
  "key.status": fc.constantFrom("active", "active", "unknown", "revoked"),
  "key.scopes": fc.subarray(["orders:read", "orders:write"]),
  "quota.requests-per-minute-by-key": fc.constantFrom(1, 2, 1_000_001, 1_000_002),
  "body.length": fc.constantFrom(0, 1, 2_000_000, 3_000_000),
  "model.length": fc.constant(5),
  "model.body": fc.constantFrom("a JSON object", "not a JSON object"),
  "model.name": fc.constantFrom(null, "small", "smal", "tiny"),
})

test("a remembered explanation is the one that would be found afresh, for whatever else the request came with", () => {
  if (plan === undefined) throw new Error("the example has faults")
  const { plan: decided, revision } = plan
  const explained = new Explained()
  let refused = 0
  fc.assert(
    fc.property(facts, fc.constantFrom("anonymous", "owner", "operator"), (known, audience) => {
      const record = { revision, phase: "request", facts: known, unknown: [], sources: {} } as const
      const verdict = decide(replay(decided, record))
      if (verdict.kind !== "deny") return
      refused++
      const told = explained.of(verdict, audience, "request", problem)
      const again = decide(replay(decided, record))
      if (again.kind !== "deny") throw new Error("decided otherwise the second time")
      const fresh = explain(again, audience, "request", { changes: 3, frames: 48 })
      expect(told.explanation).toEqual(fresh)
      expect(told.body("the id")).toBe(problem(fresh, "the id"))
    }),
    { numRuns: 5000 },
  )
  expect(refused).toBeGreaterThan(1000)
})
