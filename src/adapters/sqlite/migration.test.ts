import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { join } from "node:path"
import { CONTROL_SCHEMA } from "./control-schema.ts"
import { openStore } from "./store.ts"
import { inDirectory } from "./temporary.fixture.ts"

test("a store of before there were limits on models opens with its keys, which have none, and can be given some", () =>
  inDirectory((directory) => {
    const before = new Database(join(directory, "control.db"), { create: true })
    for (const statement of CONTROL_SCHEMA.migrations[0] ?? []) before.run(statement)
    const digest = new Bun.CryptoHasher("sha256").update("secret").digest()
    before
      .query("INSERT INTO keys (name, digest, prefix, scopes, created_at, revision) VALUES (?, ?, ?, ?, ?, ?)")
      .run("acme", digest, "pp_12345678", '["a"]', 1, 1)
    before.close()
    const store = openStore(directory)
    expect(store.keys.named("acme")).toEqual({
      name: "acme",
      scopes: ["a"],
      status: "active",
      prefix: "pp_12345678",
      createdAt: 1,
      source: { file: "store", path: "keys.acme.scopes" },
    })
    expect(store.keys.amend("acme", { limits: { requestsPerMinute: 5 } }).limits?.requestsPerMinute?.value).toBe(5)
    store.close()
  }))
