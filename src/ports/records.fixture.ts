import fc from "fast-check"
import type { Source } from "../decision/source.ts"
import { PHASES } from "../decision/stage.ts"
import type { Value } from "../decision/value.ts"
import type { DecisionRecord } from "./records.ts"

export const CAUSES = ["access/scope-missing", "quota/requests-spent", "access"] as const

/** A UUIDv7 of a moment. */
export const idAt = (at: number): string => Bun.randomUUIDv7("hex", at)

/** A refusal as small as one can be. */
export function recordAt(at: number, some: Partial<DecisionRecord> = {}): DecisionRecord {
  const frame = {
    revision: "r",
    phase: "request",
    facts: { "request.method": "GET" },
    unknown: [],
    sources: {},
  } as const
  return { id: idAt(at), at, verdict: "deny", cause: CAUSES[0], status: 403, requestId: "1", took: 0.5, frame, ...some }
}

const name = fc.oneof(fc.constantFrom("request.method", "key.scopes", "__proto__", "7", "ä"), fc.string())

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom('["', "\n", '\n["x",', "\u2028"),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((it) => it + 0),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string()),
)

const source: fc.Arbitrary<Source> = fc.record(
  { file: fc.string(), line: fc.nat(), column: fc.nat(), path: fc.string() },
  { requiredKeys: ["file", "path"] },
)

const frame = fc.record({
  revision: fc.constantFrom("r1", "r2"),
  phase: fc.constantFrom(...PHASES),
  facts: fc.dictionary(name, value, { noNullPrototype: true }),
  unknown: fc.array(name, { maxLength: 3 }),
  sources: fc.dictionary(name, source, { noNullPrototype: true, maxKeys: 4 }),
})

const upstreamRefusal = fc.record({
  emitter: fc.string(),
  causes: fc.array(
    fc.record({
      code: fc.string(),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      quotes: fc.array(fc.string(), { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
})

const model = fc.record(
  {
    asked: fc.string(),
    operation: fc.constantFrom("chat", "embeddings"),
    stream: fc.boolean(),
    target: fc.string(),
    passedOver: fc.array(fc.record({ target: fc.string(), why: fc.string() }), { maxLength: 2 }),
    dropped: fc.array(fc.string(), { maxLength: 2 }),
    usage: fc.record({ input: fc.nat(), output: fc.nat() }),
    cost: fc.nat(),
    cache: fc.constantFrom("hit", "stored"),
  },
  { requiredKeys: ["asked", "operation", "stream", "passedOver", "dropped"] },
)

/** Records within a quarter of an hour of `start`, in no order. */
export const records = (start: number): fc.Arbitrary<DecisionRecord[]> =>
  fc.array(
    fc
      .record(
        {
          at: fc.nat(900_000).map((it) => start + it),
          verdict: fc.constantFrom("permit", "deny"),
          cause: fc.constantFrom(...CAUSES),
          status: fc.integer({ min: 0, max: 599 }),
          upstreamStatus: fc.integer({ min: 100, max: 599 }),
          upstreamRefusal: upstreamRefusal,
          model,
          requestId: fc.string(),
          key: fc.string(),
          took: fc.double({ min: 0, max: 1e6, noNaN: true }),
          frame,
        },
        { requiredKeys: ["at", "verdict", "status", "requestId", "took", "frame"] },
      )
      .map((it) => ({ ...it, id: idAt(it.at) }))
      // A refusal of an upstream always comes with its status.
      .map((it) => (it.upstreamRefusal === undefined ? it : { upstreamStatus: 403, ...it })),
    { maxLength: 40 },
  )
