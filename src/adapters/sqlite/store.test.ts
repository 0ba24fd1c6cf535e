import { Database } from "bun:sqlite"
import { describe, expect, test } from "bun:test"
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { recordAt } from "../../ports/records.fixture.ts"
import { StoreFault } from "../../ports/store.ts"
import { openStore } from "./store.ts"
import { inDirectory } from "./temporary.fixture.ts"

const START = 1_800_000_000_000

describe("a store on disk", () => {
  test("holds after closing what it held before", () =>
    inDirectory((directory) => {
      const first = openStore(directory)
      const { secret } = first.keys.create({ name: "acme", scopes: ["a"] })
      const token = first.token.renew()
      const record = recordAt(START)
      first.plans.keep("r1", "text")
      first.records.append(record)
      first.close()
      const second = openStore(directory)
      expect(second.keys.find(secret)?.name).toBe("acme")
      expect(second.token.matches(token)).toBe(true)
      expect(second.plans.current()).toBe("r1")
      expect(second.records.find(record.id)).toEqual(record)
      second.close()
    }))

  test("is for its user's eyes only, while open too", () =>
    inDirectory((directory) => {
      const path = join(directory, "deep", "store")
      const store = openStore(path)
      store.keys.create({ name: "acme", scopes: [] })
      expect(statSync(path).mode & 0o777).toBe(0o700)
      expect(readdirSync(path)).toContain("control.db-wal")
      for (const file of readdirSync(path)) expect(statSync(join(path, file)).mode & 0o777).toBe(0o600)
      store.close()
    }))

  test("holds no secret in any of its files", () =>
    inDirectory((directory) => {
      const store = openStore(directory)
      const secrets = Array.from({ length: 20 }, (_, i) => store.keys.create({ name: `k${i}`, scopes: [] }).secret)
      const token = store.token.renew()
      const hidden = [token, token.slice(3), ...secrets, ...secrets.map((it) => it.slice(-32))]
      const looked = (): void => {
        for (const file of readdirSync(directory)) {
          const bytes = readFileSync(join(directory, file))
          for (const it of hidden) expect(bytes.includes(it)).toBe(false)
        }
      }
      looked()
      store.close()
      looked()
      expect(readFileSync(join(directory, "control.db")).includes(secrets[0]?.slice(0, 11) ?? "")).toBe(true)
    }))
})

describe("a store opened to read only", () => {
  test("makes nothing where there is none, and says so", () =>
    inDirectory((directory) => {
      const path = join(directory, "none")
      expect(() => openStore(path, { readonly: true })).toThrow(StoreFault)
      expect(() => openStore(directory, { readonly: true })).toThrow(/no store here.*control\.db/)
      expect(existsSync(path)).toBe(false)
      expect(readdirSync(directory)).toEqual([])
    }))

  test("shows what there is, beside a running gateway and after one that was closed, and leaves nothing behind", () =>
    inDirectory((directory) => {
      const running = openStore(directory)
      running.keys.create({ name: "acme", scopes: [] })
      const beside = openStore(directory, { readonly: true })
      expect(beside.keys.named("acme")?.status).toBe("active")
      running.keys.create({ name: "later", scopes: [] })
      expect(beside.keys.named("later")?.status).toBe("active")
      beside.close()
      running.close()
      const after = openStore(directory, { readonly: true })
      expect(after.keys.list()).toHaveLength(2)
      after.close()
      expect(readdirSync(directory).sort()).toEqual(["control.db", "ledger.db", "records.db"])
    }))

  test("changes nothing", () =>
    inDirectory((directory) => {
      openStore(directory).close()
      const store = openStore(directory, { readonly: true, onFault: () => undefined })
      expect(() => store.keys.create({ name: "acme", scopes: [] })).toThrow(StoreFault)
      expect(() => store.token.renew()).toThrow(StoreFault)
      expect(() => store.plans.keep("r1", "text")).toThrow(StoreFault)
      store.records.append(recordAt(START))
      expect(() => store.records.flush()).toThrow(StoreFault)
      store.close()
      const again = openStore(directory)
      expect(again.keys.list()).toEqual([])
      expect(again.records.recent({ limit: 1 })).toEqual([])
      again.close()
    }))
})

describe.each(["control.db", "ledger.db", "records.db"])("a damaged %s", (file) => {
  const refused = (directory: string, readonly: boolean): StoreFault => {
    try {
      openStore(directory, { readonly }).close()
    } catch (error) {
      if (error instanceof StoreFault) return error
      throw error
    }
    throw new Error("it was opened")
  }

  test("of garbage is refused by name, and is not touched", () =>
    inDirectory((directory) => {
      openStore(directory).close()
      const garbage = "garbage ".repeat(2000)
      writeFileSync(join(directory, file), garbage)
      for (const readonly of [false, true]) {
        const { message } = refused(directory, readonly)
        expect(message).toContain(join(directory, file))
        expect(message).toMatch(/damaged.*backup/)
      }
      expect(readFileSync(join(directory, file), "utf8")).toBe(garbage)
    }))

  test("that was cut short is refused by name", () =>
    inDirectory((directory) => {
      const store = openStore(directory)
      for (let i = 0; i < 40; i++) store.keys.create({ name: `k${i}`, scopes: ["a".repeat(128)] })
      for (let i = 0; i < 40; i++) store.records.append(recordAt(START + i * 5000))
      store.close()
      const path = join(directory, file)
      truncateSync(path, statSync(path).size - 4096)
      expect(refused(directory, false).message).toMatch(/damaged.*backup/)
      truncateSync(path, 50)
      expect(refused(directory, false).message).toContain(path)
    }))

  test("that is no file is refused by name", () =>
    inDirectory((directory) => {
      openStore(directory).close()
      const inner = join(directory, "inner")
      openStore(join(inner, file)).close()
      expect(refused(inner, false).message).toContain(`"${join(inner, file)}" cannot be opened`)
    }))

  test("of a newer schema is refused with both versions and left as it is", () =>
    inDirectory((directory) => {
      openStore(directory).close()
      const database = new Database(join(directory, file))
      database.run("PRAGMA user_version = 99")
      database.close()
      expect(refused(directory, false).message).toMatch(/newer Pinpoint \(schema 99; this one knows up to \d\)/)
    }))
})

test("a directory that cannot be made is refused by name", () =>
  inDirectory((directory) => {
    const path = join(directory, "file")
    writeFileSync(path, "")
    expect(() => openStore(path)).toThrow(StoreFault)
    expect(() => openStore(join(path, "below"))).toThrow(/file\/below/)
  }))
