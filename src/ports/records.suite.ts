import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { Opened } from "./opened.suite.ts"
import { CAUSES, idAt, recordAt, records } from "./records.fixture.ts"
import type { DecisionRecord, RecordQuery, RecordStore } from "./records.ts"

const START = 1_800_000_000_000
/** Properties try many things, and machines may be busy. */
const PATIENCE_MS = 60_000

/** What every record store does. `open` makes an empty one. */
export function recordStoreSuite(name: string, open: () => Opened<RecordStore>): void {
  describe(`${name} as a record store`, () => {
    let opened: Opened<RecordStore>
    let store: RecordStore
    beforeEach(() => {
      opened = open()
      store = opened.subject
    })
    afterEach(() => opened.close())

    test("a record is found at once, and still when it was written", () => {
      const record = recordAt(START)
      store.append(record)
      expect(store.find(record.id)).toEqual(record)
      store.flush()
      expect(store.find(record.id)).toEqual(record)
      expect(store.recent({ limit: 5 })).toEqual([record])
    })

    test("what was never appended is not found", () => {
      store.append(recordAt(START))
      for (const id of ["", "~", "0", idAt(START), idAt(START + 1), idAt(0)]) expect(store.find(id)).toBeUndefined()
      store.flush()
      for (const id of ["", "~", "0", idAt(START), idAt(START + 1), idAt(0)]) expect(store.find(id)).toBeUndefined()
    })

    test("a record that comes long after its time is found by its id", () => {
      const late = recordAt(START - 600_000)
      for (const record of [recordAt(START), late, recordAt(START + 1)]) store.append(record)
      store.flush()
      expect(store.find(late.id)).toEqual(late)
    })

    test("the newest are the newest of all, when what was flushed first began before and ended after what was flushed next", () => {
      const early = recordAt(START)
      const between = recordAt(START + 1)
      const late = recordAt(START + 2)
      for (const record of [early, late]) store.append(record)
      store.flush()
      store.append(between)
      store.flush()
      expect(store.recent({ limit: 2 })).toEqual([late, between])
    })

    test("nothing is kept of an empty flush", () => {
      store.flush()
      store.flush()
      expect(store.recent({ limit: 5 })).toEqual([])
      expect(store.dropped).toBe(0)
    })

    test("none are asked for, none are given", () => {
      store.append(recordAt(START))
      expect(store.recent({ limit: 0 })).toEqual([])
    })
  })

  const query: fc.Arbitrary<RecordQuery> = fc.record(
    {
      limit: fc.integer({ min: 1, max: 30 }),
      verdict: fc.constantFrom("permit", "deny"),
      cause: fc.constantFrom(...CAUSES, "acc", "unheard/of"),
    },
    { requiredKeys: ["limit"] },
  )

  describe(`${name} as a record store, however records come and are flushed`, () => {
    const law = (check: (store: RecordStore, all: readonly DecisionRecord[], query: RecordQuery) => void): void => {
      fc.assert(
        fc.property(fc.array(records(START), { maxLength: 4 }), fc.boolean(), query, (batches, last, asked) => {
          const { subject, close } = open()
          try {
            batches.forEach((batch, i) => {
              for (const record of batch) subject.append(record)
              if (last || i < batches.length - 1) subject.flush()
            })
            check(subject, batches.flat(), asked)
          } finally {
            close()
          }
        }),
        { numRuns: 40 },
      )
    }

    test(
      "each is found as it was",
      () => {
        law((subject, all) => {
          for (const record of all) expect(subject.find(record.id)).toEqual(record)
        })
      },
      PATIENCE_MS,
    )

    test(
      "the recent ones are the newest that answer the query, newest first",
      () => {
        law((subject, all, asked) => {
          const expected = [...all]
            .sort((a, b) => (a.id < b.id ? 1 : -1))
            .filter((it) => asked.verdict === undefined || it.verdict === asked.verdict)
            .filter((it) => asked.cause === undefined || it.cause === asked.cause)
            .slice(0, asked.limit)
          expect(subject.recent(asked)).toEqual(expected)
        })
      },
      PATIENCE_MS,
    )

    test(
      "pruning forgets what is older and nothing else",
      () => {
        law((subject, all) => {
          const before = all[all.length >> 1]?.at ?? START
          const kept = all.filter((it) => it.at >= before)
          expect(subject.prune(before)).toBe(all.length - kept.length)
          for (const record of all) expect(subject.find(record.id)).toEqual(record.at < before ? undefined : record)
          expect(subject.recent({ limit: 1000 })).toHaveLength(kept.length)
          expect(subject.prune(before)).toBe(0)
        })
      },
      PATIENCE_MS,
    )
  })
}
