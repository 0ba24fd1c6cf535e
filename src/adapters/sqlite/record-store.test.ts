import { Database } from "bun:sqlite"
import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { recordAt } from "../../ports/records.fixture.ts"
import { StoreFault } from "../../ports/store.ts"
import { openStore } from "./store.ts"
import { inDirectory } from "./temporary.fixture.ts"

const START = 1_800_000_000_000
const MOST = 50_000

describe("records while the disk takes nothing", () => {
  test("are held up to a bound, then dropped and counted, told once, and written when it does again", () =>
    inDirectory((directory) => {
      const faults: StoreFault[] = []
      const store = openStore(directory, { onFault: (it) => faults.push(it) })
      const other = new Database(join(directory, "records.db"))
      other.run("BEGIN IMMEDIATE")
      const records = Array.from({ length: MOST + 10 }, (_, i) => recordAt(START + (i >> 4)))
      for (const record of records) store.records.append(record)
      expect(store.records.dropped).toBe(10)
      expect(faults.map((it) => it.message)).toEqual([expect.stringMatching(/^Decisions are lost/)])
      other.run("ROLLBACK")
      store.records.flush()
      expect(store.records.find(records[MOST - 1]?.id ?? "")).toEqual(records[MOST - 1])
      expect(store.records.find(records[MOST]?.id ?? "")).toBeUndefined()
      expect(store.records.prune(START * 2)).toBe(MOST)
      other.close()
      store.close()
    }))

  test("fail no request: the fault goes to the operator, once, and to whoever asks for a flush", () =>
    inDirectory(async (directory) => {
      const faults: StoreFault[] = []
      const store = openStore(directory, { onFault: (it) => faults.push(it) })
      const other = new Database(join(directory, "records.db"))
      other.run("ALTER TABLE blocks RENAME TO elsewhere")
      const record = recordAt(START)
      store.records.append(record)
      while (faults.length === 0) await Bun.sleep(5)
      await Bun.sleep(600)
      expect(faults).toHaveLength(1)
      expect(faults[0]?.message).toContain("records.db")
      expect(() => store.records.flush()).toThrow(StoreFault)
      other.run("ALTER TABLE elsewhere RENAME TO blocks")
      store.records.flush()
      expect(store.records.find(record.id)).toEqual(record)
      expect(store.records.dropped).toBe(0)
      other.close()
      store.close()
    }))

  test("are lost by closing, and counted", () =>
    inDirectory((directory) => {
      const faults: StoreFault[] = []
      const store = openStore(directory, { onFault: (it) => faults.push(it) })
      const other = new Database(join(directory, "records.db"))
      other.run("DROP TABLE blocks")
      store.records.append(recordAt(START))
      store.close()
      expect(store.records.dropped).toBe(1)
      expect(faults).toHaveLength(1)
      other.close()
    }))
})

describe("records on disk", () => {
  test("are written without being asked to", () =>
    inDirectory(async (directory) => {
      const store = openStore(directory)
      const reader = openStore(directory, { readonly: true })
      const record = recordAt(START)
      store.records.append(record)
      while (reader.records.find(record.id) === undefined) await Bun.sleep(5)
      reader.close()
      store.close()
    }))

  test.each(["UPDATE blocks SET body = x'00112233'", "UPDATE blocks SET body = substr(body, 1, length(body) / 2)"])(
    "that were damaged are a fault that names the file (%s)",
    (damage) =>
      inDirectory((directory) => {
        const store = openStore(directory)
        const record = recordAt(START)
        store.records.append(record)
        store.records.flush()
        const other = new Database(join(directory, "records.db"))
        other.run(damage)
        other.close()
        expect(() => store.records.find(record.id)).toThrow(/records\.db" is damaged/)
        expect(() => store.records.recent({ limit: 1 })).toThrow(StoreFault)
        store.close()
      }),
  )
})
