import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { recordAt } from "../../ports/records.fixture.ts"
import { openStore } from "./store.ts"
import { inDirectory } from "./temporary.fixture.ts"

const START = 1_800_000_000_000
const FIXTURE = join(import.meta.dir, "peer.fixture.ts")

describe("two on one store", () => {
  test("a key made by another process is found at once, and revoked there it stops working soon", () =>
    inDirectory(async (directory) => {
      const store = openStore(directory)
      const secret = await peer("create", directory, "acme")
      expect(store.keys.find(secret)).toMatchObject({ name: "acme", status: "active" })
      await peer("revoke", directory, "acme")
      // Without another lookup that misses: it is the timer that must see it.
      while (store.keys.find(secret)?.status !== "revoked") await Bun.sleep(10)
      store.close()
    }))

  test("a name taken by another process is refused", () =>
    inDirectory(async (directory) => {
      const store = openStore(directory)
      await peer("create", directory, "acme")
      expect(() => store.keys.create({ name: "acme", scopes: [] })).toThrow(/already a key "acme"/)
      expect(store.keys.rescope("acme", ["b"]).scopes).toEqual(["b"])
      store.close()
    }))

  test("processes that open a new store at the same moment all succeed", () =>
    inDirectory(async (directory) => {
      const names = ["a", "b", "c", "d", "e", "f"]
      const secrets = await Promise.all(names.map((it) => peer("create", join(directory, "new"), it)))
      const store = openStore(join(directory, "new"), { readonly: true })
      expect(store.keys.list().map((it) => it.name)).toEqual(names)
      expect(secrets.map((it) => store.keys.find(it)?.name)).toEqual(names)
      store.close()
    }))

  test("a file that another process is just making is waited for", () =>
    inDirectory(async (directory) => {
      const child = Bun.spawn([process.execPath, FIXTURE, "hold", directory, "control.db"])
      await child.stdout.getReader().read()
      openStore(directory).close()
      expect(await child.exited).toBe(0)
    }))

  test("records of both are found by either, interleaved by time", () =>
    inDirectory((directory) => {
      const stores = [openStore(directory), openStore(directory)] as const
      const records = Array.from({ length: 60 }, (_, i) => recordAt(START + i * 700))
      records.forEach((record, i) => {
        const { records: writer } = i % 2 === 0 ? stores[0] : stores[1]
        writer.append(record)
        if (i % 7 === 0) writer.flush()
      })
      for (const store of stores) store.records.flush()
      for (const store of stores) {
        expect(store.records.recent({ limit: 25 })).toEqual(records.slice(-25).reverse())
        for (const record of records) expect(store.records.find(record.id)).toEqual(record)
        store.close()
      }
    }))

  test("a plan put in force and a token renewed by one hold for the other", () =>
    inDirectory((directory) => {
      const one = openStore(directory)
      const other = openStore(directory)
      one.plans.keep("r1", "text")
      expect(other.plans.current()).toBe("r1")
      const token = one.token.renew()
      expect(other.token.matches(token)).toBe(true)
      other.token.renew()
      expect(one.token.matches(token)).toBe(false)
      one.close()
      other.close()
    }))
})

async function peer(act: "create" | "revoke", directory: string, name: string): Promise<string> {
  const child = Bun.spawn([process.execPath, FIXTURE, act, directory, name])
  const said = await new Response(child.stdout).text()
  expect(await child.exited).toBe(0)
  return said.trim()
}
