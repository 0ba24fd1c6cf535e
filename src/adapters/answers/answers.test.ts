import { Database } from "bun:sqlite"
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { join } from "node:path"
import fc from "fast-check"
import { answerCacheSuite } from "../../ports/answers.suite.ts"
import type { AnswerCache } from "../../ports/answers.ts"
import { temporaryDirectory } from "../sqlite/temporary.fixture.ts"
import { type AnswerCacheOptions, openAnswerCache } from "./answer-cache.ts"
import { Recent } from "./recent.ts"

const NOW = 1_800_000_000_000
const whole = (text: string) => ({ isWhole: true, text }) as const

const opened = (options: AnswerCacheOptions) => () => {
  const directory = temporaryDirectory()
  const subject = openAnswerCache(directory.path, options)
  const close = (): void => {
    subject.close()
    directory.remove()
  }
  return { subject, close }
}
answerCacheSuite("SQLite", opened({}))
answerCacheSuite("SQLite without room in memory", opened({ memory: 0 }))

describe("answers in SQLite", () => {
  const directory = { path: "", remove: (): void => undefined }
  const open: AnswerCache[] = []
  const faults: string[] = []
  const cacheOf = (options: AnswerCacheOptions = {}): AnswerCache => {
    const cache = openAnswerCache(directory.path, { onFault: ({ message }) => void faults.push(message), ...options })
    open.push(cache)
    return cache
  }
  beforeEach(() => {
    Object.assign(directory, temporaryDirectory())
    faults.length = 0
  })
  afterEach(() => {
    for (const it of open.splice(0)) it.close()
    directory.remove()
  })
  const vector = (at: number) => Float32Array.from([Math.cos(at), Math.sin(at)])

  test("are found by every worker, and after a restart", () => {
    const [one, two] = [cacheOf(), cacheOf()]
    expect(two.findNear("t", "s", vector(0), 0.9, NOW)).toBeUndefined()
    one.keep("t", "q", whole("a"), NOW, NOW + 1000)
    one.keepNear("t", "s", vector(0), whole("b"), NOW, NOW + 1000)
    for (const it of [two, cacheOf()]) {
      expect(it.find("t", "q", NOW)?.text).toBe("a")
      expect(it.findNear("t", "s", vector(0), 0.9, NOW)?.text).toBe("b")
    }
  })

  test("of too many questions of a tenant the oldest are dropped, and no other tenant's", () => {
    const cache = cacheOf({ questions: 20 })
    cache.keepNear("other", "s", vector(0), whole("other"), NOW, NOW + 1000)
    for (let at = 0; at < 50; at++) cache.keepNear("t", "s", vector(at / 100), whole(String(at)), NOW, NOW + 1000)
    const rows = new Database(join(directory.path, "answers.db"), { readonly: true })
    const own = rows.query("SELECT id FROM near WHERE tenant = ?").all('"t"')
    rows.close()
    expect(own.length).toBeLessThanOrEqual(20)
    expect(own.length).toBeGreaterThan(10)
    for (const it of [cache, cacheOf()]) {
      expect(it.findNear("t", "s", vector(0.49), 0.99999, NOW)?.text).toBe("49")
      expect(it.findNear("t", "s", vector(0), 0.99999, NOW)).toBeUndefined()
      expect(it.findNear("other", "s", vector(0), 0.99999, NOW)?.text).toBe("other")
    }
  })

  test("of which the file grew too large lose the oldest", () => {
    const cache = cacheOf({ disk: 256 * 1024, memory: 0 })
    for (let at = 0; at < 400; at++) cache.keep("t", String(at), whole("x".repeat(8192)), NOW + at, NOW + 100_000)
    expect(cache.find("t", "0", NOW + 400)).toBeUndefined()
    expect(cache.find("t", "399", NOW + 400)?.text).toHaveLength(8192)
  })

  test("that cannot be read are not there, which is told once and fails nobody", () => {
    const cache = cacheOf({ memory: 0 })
    const other = new Database(join(directory.path, "answers.db"))
    other.run("DROP TABLE exact")
    other.run("DROP TABLE near")
    other.close()
    cache.keep("t", "q", whole("a"), NOW, NOW + 1000)
    expect(cache.find("t", "q", NOW)).toBeUndefined()
    expect(cache.findNear("t", "s", vector(0), 0.9, NOW)).toBeUndefined()
    expect(faults).toHaveLength(1)
  })

  test("are in a file for this user alone", async () => {
    cacheOf()
    const { mode } = await Bun.file(join(directory.path, "answers.db")).stat()
    expect(mode & 0o777).toBe(0o600)
  })
})

test("what is held in memory never takes more bytes than allowed, and is what was used last", () => {
  const use = fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.option(fc.nat(40)))
  fc.assert(
    fc.property(fc.array(use), (uses) => {
      const recent = new Recent<number>(60, (it) => it)
      const order: string[] = []
      for (const [key, size] of uses) {
        if (size === null ? recent.get(key) !== undefined : true) order.push(key)
        if (size !== null) recent.set(key, size)
        expect(recent.size).toBeLessThanOrEqual(60)
        const last = order.at(-1)
        if (last !== undefined) expect(recent.get(last)).toBeDefined()
      }
    }),
  )
})
