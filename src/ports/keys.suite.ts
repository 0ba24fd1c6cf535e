import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import fc from "fast-check"
import { KeyFault, type KeyStore } from "./keys.ts"
import { nanoUsd, usd } from "./money.ts"
import type { Opened } from "./opened.suite.ts"

const START = 1_800_000_000_000
/** Properties try many things, and machines may be busy. */
const PATIENCE_MS = 60_000

/** What every key store does. `open` makes an empty one that reads the time from `now`. */
export function keyStoreSuite(name: string, open: (now: () => number) => Opened<KeyStore>): void {
  describe(`${name} as a key store`, () => {
    let opened: Opened<KeyStore>
    let keys: KeyStore
    let now: number
    beforeEach(() => {
      now = START
      opened = open(() => now)
      keys = opened.subject
    })
    afterEach(() => opened.close())

    test("a key made is found by its secret and by its name", () => {
      const { key, secret } = keys.create({ name: "acme", scopes: ["orders:read", "orders:write"] })
      expect(key).toMatchObject({
        name: "acme",
        scopes: ["orders:read", "orders:write"],
        status: "active",
        createdAt: START,
      })
      expect(keys.find(secret)).toEqual(key)
      expect(keys.named("acme")).toEqual(key)
      expect(keys.list()).toEqual([key])
    })

    test("a key tells where its scopes are written", () => {
      expect(keys.create({ name: "acme", scopes: [] }).key.source).toEqual({ file: "store", path: "keys.acme.scopes" })
    })

    test("the prefix begins the secret and gives away little of it", () => {
      const { key, secret } = keys.create({ name: "acme", scopes: [] })
      expect(secret).toStartWith(key.prefix)
      expect(secret).toMatch(/^pp_[A-Za-z0-9]{8}_[A-Za-z0-9]{32}$/)
      expect(key.prefix).toHaveLength(11)
    })

    test("no two secrets are alike", () => {
      const secrets = Array.from({ length: 50 }, (_, i) => keys.create({ name: `key-${i}`, scopes: [] }).secret)
      expect(new Set(secrets).size).toBe(50)
    })

    test(
      "whatever is not exactly a secret is unknown",
      () => {
        const { secret } = keys.create({ name: "acme", scopes: [] })
        const altered = fc
          .tuple(fc.nat(secret.length - 1), fc.string({ minLength: 1, maxLength: 1, unit: "binary" }))
          .map(([at, by]) => secret.slice(0, at) + by + secret.slice(at + 1))
        const presented = fc.oneof(
          fc.string({ unit: "binary" }),
          altered,
          fc.constantFrom("", `${secret}x`, secret.slice(1), "p".repeat(1 << 12)),
        )
        fc.assert(
          fc.property(presented, (it) => {
            expect(keys.find(it) !== undefined).toBe(it === secret)
          }),
        )
      },
      PATIENCE_MS,
    )

    test("a revoked key is found as revoked, for good", () => {
      const { secret } = keys.create({ name: "acme", scopes: ["a"] })
      expect(keys.revoke("acme").status).toBe("revoked")
      expect(keys.revoke("acme").status).toBe("revoked")
      expect(keys.find(secret)).toMatchObject({ name: "acme", status: "revoked", scopes: ["a"] })
    })

    test("a key expires at its time, not before", () => {
      const { secret } = keys.create({ name: "acme", scopes: [], expiresAt: START + 1000 })
      now = START + 999
      expect(keys.find(secret)).toMatchObject({ status: "active", expiresAt: START + 1000 })
      now = START + 1000
      expect(keys.find(secret)?.status).toBe("expired")
      expect(keys.named("acme")?.status).toBe("expired")
      expect(keys.list().map((it) => it.status)).toEqual(["expired"])
    })

    test("a key both revoked and expired is revoked", () => {
      const { secret } = keys.create({ name: "acme", scopes: [], expiresAt: START + 1 })
      keys.revoke("acme")
      now = START + 1
      expect(keys.find(secret)?.status).toBe("revoked")
    })

    test("new scopes replace the old", () => {
      const { secret } = keys.create({ name: "acme", scopes: ["a", "b"] })
      expect(keys.rescope("acme", ["c"]).scopes).toEqual(["c"])
      expect(keys.find(secret)?.scopes).toEqual(["c"])
    })

    test("a key tells what it may use of models, and where each limit is written", () => {
      const limits = { models: ["gpt-*"], tokensPerMinute: 1000, dollarsPerDay: usd("0.000000001") }
      const { key, secret } = keys.create({ name: "acme", scopes: [], team: "search", limits })
      const at = (path: string) => ({ file: "store", path: `keys.acme.${path}` })
      expect(key).toMatchObject({
        team: "search",
        limits: {
          models: { value: ["gpt-*"], source: at("models") },
          tokensPerMinute: { value: 1000, source: at("limits.tokens-per-minute") },
          dollarsPerDay: { value: nanoUsd(1), source: at("budget.day") },
        },
      })
      expect(keys.find(secret)).toEqual(key)
      expect(keys.create({ name: "plain", scopes: [] }).key).not.toContainAnyKeys(["team", "tenant", "limits"])
    })

    test("what is told of a change is changed, what is null is taken away, and the rest stays", () => {
      const limits = { models: ["gpt-*"], requestsPerMinute: 5, dollarsPerMonth: usd(50) }
      const { secret } = keys.create({ name: "acme", scopes: ["a"], team: "search", limits })
      keys.amend("acme", { limits: { requestsPerMinute: null, dollarsPerDay: usd(5), dollarsPerMonth: usd(60) } })
      const values = Object.entries(keys.find(secret)?.limits ?? {}).map(([name, it]) => [name, it.value])
      expect(Object.fromEntries(values)).toEqual({
        models: ["gpt-*"],
        dollarsPerDay: usd(5),
        dollarsPerMonth: usd(60),
      })
      expect(keys.amend("acme", { scopes: ["b"], tenant: "acme" })).toMatchObject({ scopes: ["b"], tenant: "acme" })
      expect(keys.find(secret)?.team).toBeUndefined()
      const bare = { models: null, dollarsPerDay: null, dollarsPerMonth: null }
      expect(keys.amend("acme", { tenant: null, limits: bare })).not.toContainAnyKeys(["team", "tenant", "limits"])
    })

    test("a limit that cannot be is refused, and the key stays as it is", () => {
      const before = keys.create({ name: "acme", scopes: [], tenant: "one" }).key
      for (const change of [
        { limits: { models: ["a b"] } },
        { limits: { requestsPerMinute: -1 } },
        { limits: { tokensPerMinute: 1.5 } },
        { team: "a b" },
        { team: "a", tenant: "b" },
      ])
        expect(() => keys.amend("acme", change)).toThrow(KeyFault)
      expect(() => keys.create({ name: "other", scopes: [], team: "a", tenant: "b" })).toThrow(KeyFault)
      expect(() => keys.amend("nobody", {})).toThrow(KeyFault)
      expect(keys.list()).toEqual([before])
    })

    test("a taken name is refused, a revoked key's too, and the key stays as it is", () => {
      const { key, secret } = keys.create({ name: "acme", scopes: ["a"] })
      expect(() => keys.create({ name: "acme", scopes: ["b"] })).toThrow(KeyFault)
      expect(keys.find(secret)).toEqual(key)
      keys.revoke("acme")
      expect(() => keys.create({ name: "acme", scopes: ["b"] })).toThrow(/revoked.*Choose another name/)
    })

    test("what concerns no key is refused with its name", () => {
      expect(() => keys.revoke("nobody")).toThrow(/"nobody"/)
      expect(() => keys.rescope("nobody", [])).toThrow(KeyFault)
      expect(keys.named("nobody")).toBeUndefined()
    })

    test.each(["", "a b", "ä", "a/b", "x".repeat(65)])("the name %j is refused", (bad) => {
      expect(() => keys.create({ name: bad, scopes: [] })).toThrow(KeyFault)
      expect(keys.list()).toEqual([])
    })

    test.each(["", "a b", 'a"b', "a\\b", "ä", "a\n", "x".repeat(129)])("the scope %j is refused", (bad) => {
      keys.create({ name: "acme", scopes: ["a"] })
      expect(() => keys.create({ name: "other", scopes: ["a", bad] })).toThrow(KeyFault)
      expect(() => keys.rescope("acme", [bad])).toThrow(KeyFault)
      expect(keys.named("acme")?.scopes).toEqual(["a"])
    })

    test("a key that would never work is refused", () => {
      expect(() => keys.create({ name: "acme", scopes: [], expiresAt: START })).toThrow(KeyFault)
      expect(() => keys.create({ name: "acme", scopes: [], expiresAt: Number.NaN })).toThrow(KeyFault)
    })
  })
}
